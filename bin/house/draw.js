/** The picture of the house: its rooms, and which imports which. */
import { HOUSE } from './rooms.js'

const LINE = 26
const NAMES = 120
const CELL = 26
const TOP = 92

/**
 * The rooms from the top down, each with dots for the rooms that it imports: all of them stand below it.
 * @param {Set<string>} imports `from to`
 * @returns {string} SVG
 */
export function drawHouse(imports) {
  const rooms = HOUSE.toReversed()
  const words = NAMES + rooms.length * CELL + 14
  const [width, height] = [words + 560, TOP + rooms.length * LINE + 24]
  const rows = rooms.map(({ name, does }, row) => {
    const y = TOP + row * LINE
    const cells = rooms.map((other, column) => {
      const [x, middle] = [NAMES + column * CELL, y + LINE / 2]
      if (column === row)
        return `<rect x="${x}" y="${y}" width="${CELL}" height="${LINE}" fill="#264af4"/>`
      return imports.has(`${name} ${other.name}`)
        ? `<circle cx="${x + CELL / 2}" cy="${middle}" r="6" fill="#1a1a1a"><title>${name} imports ${other.name}</title></circle>`
        : ''
    })
    return [
      `<rect x="0" y="${y}" width="${width}" height="${LINE}" fill="${row % 2 ? '#f2f2f2' : '#fff'}"/>`,
      `<text x="${NAMES - 8}" y="${y + 18}" text-anchor="end" font-weight="700">${name}</text>`,
      `<text x="${words}" y="${y + 18}">${does}</text>`,
      ...cells,
    ].join('')
  })
  const names = rooms.map(
    ({ name }, column) =>
      `<text transform="translate(${NAMES + column * CELL + CELL / 2 + 4} ${TOP - 8}) rotate(-60)" font-size="12">${name}</text>`
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" role="img">`,
    '<title>The rooms of app/, from the top down, and which imports which</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...rows,
    ...names,
    `<text x="${NAMES}" y="${height - 8}" font-size="12">A dot: this room imports that one. Left of the stairs there is none.</text>`,
    '</svg>',
    '',
  ].join('\n')
}
