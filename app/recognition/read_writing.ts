import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { FieldKindName, Zone } from '#app/catalog/description'
import { digitFeatures } from '#app/recognition/digits/digit_features'
import { likelihoods, unpackNet, type DigitNet } from '#app/recognition/digits/digit_net'
import { cut, prepareLine, sideBySide, type Box, type GrayImage } from '#app/recognition/gray_image'
import { blotsOf, type Blot } from '#app/recognition/ink_blots'
import { INK, writtenAt, type LaidOut, type Written } from '#app/recognition/own_print'
import type { Doubt } from '#app/recognition/read_field'
import type { Recognizer } from '#app/recognition/recognizer'
import { SCALE } from '#app/recognition/registered_page'

/** mm inside a box's frame that are left out, and around it within which writing may run over */
const FRAME = 0.6
const AROUND = 2.4
/** mm; writing that runs this far over its frame is cut off */
const OVERRUN = 1.1
/** mm; smaller is dirt, in a cell and in a box */
const DIRT = 0.9
/** mm; a stroke this long strikes something out */
const STRIKE = 11
/** mm; the ring of a correction seal */
const SEAL = { least: 6, most: 16 }
/** px of white that the engine wants around a line, and its height */
const LINE_HEIGHT = 60
const DIGIT_HEIGHT = 44
const LINE_MARGIN = 24
/** mm; higher writing is more than one line */
const ONE_LINE = 12
/** Level from which ink is too pale to be sure of, and which no paper has. */
const PALE = 150
const FAINT = 222
const FAINT_SHARE = 0.012

/** What one engine said. */
export interface Opinion {
  engine: string
  text: string
  /** 0 to 1 */
  confidence: number
}

interface Opinions {
  text: string
  /** 0 to 1 */
  confidence: number
  opinions: Opinion[]
  doubt?: Doubt
}

export interface ReadWriting extends Opinions {
  blank: boolean
}

/** Numbers of any length end in the last cell. */
const FROM_THE_RIGHT: FieldKindName[] = ['money', 'account_number', 'yucho_number']

/** Kinds of digits that may stand in a box without cells. */
const LOOSE_DIGITS: FieldKindName[] = [
  'phone',
  'digits',
  'money',
  'postcode',
  'account_number',
  'yucho_symbol',
  'yucho_number',
]
let net: Promise<DigitNet> | undefined

/** The shapes of digits, learnt once by `node ace digits:train`. */
function digitNet(): Promise<DigitNet> {
  net ??= readFile(app.makePath('resources/recognition/digits.bin')).then(unpackNet)
  return net
}

/**
 * Reads what is written in a box, or in the cells of a comb: one character each.
 * @param turned reads a box as if it had been filled in upside down
 */
export async function readWriting(
  laidOut: LaidOut,
  zones: Zone[],
  kind: FieldKindName,
  recognizer: Recognizer,
  turned = false
): Promise<ReadWriting> {
  const written = writtenAt(laidOut, zones, AROUND)
  const blots = blotsOf(written.picture, INK).filter(
    (blot) => Math.max(blot.width, blot.height) >= DIRT * SCALE
  )
  const inside = zones.map((zone) => {
    const box = inset(written.place(zone), FRAME * SCALE)
    return { box, blots: blots.filter((blot) => reaches(blot, box)) }
  })
  const own = [...new Set(inside.flatMap((one) => one.blots))]
  if (own.length === 0) {
    const faint = inside.some(({ box }) => faintShare(written.picture, box) > FAINT_SHARE)
    return {
      text: '',
      confidence: 1,
      blank: true,
      opinions: [],
      doubt: faint ? 'faint' : undefined,
    }
  }
  const doubt = doubtOf(
    own,
    inside.map((one) => one.box),
    written
  )
  const read =
    zones[0].part === 'cell'
      ? await readCells(inside, written, recognizer, FROM_THE_RIGHT.includes(kind))
      : await readBox(own, kind, written, recognizer, turned)
  return { ...read, blank: false, doubt: doubt ?? read.doubt }
}

/** Struck out, sealed, pale, or run over the frame: a person looks at it. */
function doubtOf(blots: Blot[], boxes: Box[], written: Written): Doubt | undefined {
  if (blots.some((blot) => longestRun(blot, written.picture) > STRIKE * SCALE)) return 'struck'
  if (blots.some((blot) => isSeal(blot, written.picture))) return 'seal'
  const pixels = blots.flatMap((blot) => [...blot.pixels].map((at) => written.picture.data[at]))
  if (median(pixels) > PALE) return 'faint'
  const frame = outer(boxes)
  const over = OVERRUN * SCALE
  const runsOver = blots.some(
    (blot) =>
      blot.left < frame.left - over ||
      blot.top < frame.top - over ||
      blot.left + blot.width > frame.left + frame.width + over ||
      blot.top + blot.height > frame.top + frame.height + over
  )
  return runsOver ? 'overrun' : undefined
}

/** px; the longest stroke of a blot that goes straight across */
function longestRun({ pixels, left, top, width, height }: Blot, picture: GrayImage): number {
  const grid = new Uint8Array(width * height)
  for (const at of pixels)
    grid[(Math.floor(at / picture.width) - top) * width + (at % picture.width) - left] = 1
  let longest = 0
  for (let row = 0; row < height; row++) {
    let run = 0
    for (let column = 0; column < width; column++) {
      // A line that climbs slowly goes on in the row above or below.
      const on = [row - 1, row, row + 1].some((y) => grid[y * width + column] === 1)
      run = on ? run + 1 : 0
      longest = Math.max(longest, run)
    }
  }
  return longest
}

/** A ring about as wide as high, whole around: characters reach their outer circle in few places only. */
function isSeal(
  { left, top, width, height, pixels }: Blot,
  { width: columns }: GrayImage
): boolean {
  const [w, h] = [width / SCALE, height / SCALE]
  if (Math.min(w, h) < SEAL.least || Math.max(w, h) > SEAL.most) return false
  if (Math.abs(w - h) > 0.2 * Math.max(w, h)) return false
  const directions = new Set<number>()
  let outside = 0
  for (const at of pixels) {
    const x = ((at % columns) - left) / (width / 2) - 1
    const y = (Math.floor(at / columns) - top) / (height / 2) - 1
    const radius = Math.hypot(x, y)
    if (radius > 1.1) outside++
    else if (radius > 0.8) directions.add(Math.floor((Math.atan2(y, x) / Math.PI) * 18))
  }
  // Characters have corners, rings have none.
  return directions.size >= 34 && outside < 0.01 * pixels.length
}

/** Reads what isn't empty of a comb, each cell by itself; the text engine reads the row as a second opinion. */
async function readCells(
  cells: { box: Box; blots: Blot[] }[],
  { picture }: Written,
  recognizer: Recognizer,
  fromTheRight: boolean
): Promise<Opinions> {
  const filled = cells.filter((cell) => cell.blots.length > 0)
  const digits = filled.map(({ box, blots }) =>
    cut(alone(picture, blots), common(grown(box, FRAME * SCALE), outer(blots)))
  )
  const first = fromTheRight ? cells.findIndex((cell) => cell.blots.length > 0) : 0
  const gap = cells.findIndex((cell, index) => index >= first && cell.blots.length === 0)
  const holes = gap >= 0 && cells.slice(gap).some((cell) => cell.blots.length > 0)
  const read = await readDigits(digits, recognizer)
  return { ...read, doubt: holes ? 'length' : read.doubt }
}

/** Digits in a box of their own: strokes that hang together are one each; short bars between them don't count. */
async function readLooseDigits(
  blots: Blot[],
  picture: GrayImage,
  recognizer: Recognizer
): Promise<Opinions> {
  const tall = median(blots.map((blot) => blot.height))
  const signs = inColumns(blots).filter((column) => outer(column).height > tall * 0.45)
  const digits = signs.map((column) => cut(alone(picture, column), outer(column)))
  if (digits.length === 0) return { text: '', confidence: 0, opinions: [], doubt: 'unsure' }
  const touching = digits.some((digit) => digit.width > digit.height * 1.15)
  const read = await readDigits(digits, recognizer)
  return { ...read, doubt: touching ? 'unsure' : read.doubt }
}

/** Strokes one above the other belong to one character. */
function inColumns(blots: Blot[]): Blot[][] {
  const columns: Blot[][] = []
  for (const blot of [...blots].sort((a, b) => a.left - b.left)) {
    const column = columns.find((one) => {
      const box = outer(one)
      const shared =
        Math.min(box.left + box.width, blot.left + blot.width) - Math.max(box.left, blot.left)
      return shared > 0.5 * Math.min(box.width, blot.width)
    })
    if (column) column.push(blot)
    else columns.push([blot])
  }
  return columns
}

/** What the net says of each digit, and what the text engine says of them in a row. */
async function readDigits(digits: GrayImage[], recognizer: Recognizer): Promise<Opinions> {
  const shapes = await digitNet()
  const each = digits.map((digit) => {
    const likely = likelihoods(shapes, digitFeatures(digit))
    const most = Math.max(...likely)
    return { digit: likely.indexOf(most), likelihood: most }
  })
  const line = sideBySide(
    await Promise.all(digits.map((digit) => prepareLine(digit, DIGIT_HEIGHT, 8))),
    4
  )
  const second = await recognizer.read(await prepareLine(line, line.height, LINE_MARGIN), {
    expects: 'digits',
  })
  const own = {
    engine: 'digits',
    text: each.map((one) => one.digit).join(''),
    confidence: Math.min(...each.map((one) => one.likelihood)),
  }
  const other = {
    engine: recognizer.engine,
    text: second.text.replace(/\D/g, ''),
    confidence: second.confidence,
  }
  return {
    text: own.text,
    confidence: own.confidence,
    opinions: [own, other],
    doubt: own.text === other.text ? undefined : 'engines_differ',
  }
}

async function readBox(
  blots: Blot[],
  kind: FieldKindName,
  { picture }: Written,
  recognizer: Recognizer,
  turned: boolean
): Promise<Opinions> {
  if (LOOSE_DIGITS.includes(kind)) return readLooseDigits(blots, picture, recognizer)
  const upright = cut(alone(picture, blots), outer(blots))
  const ink = turned ? upsideDown(upright) : upright
  const block = ink.height > ONE_LINE * SCALE && kind !== 'name' && kind !== 'kana'
  const line = await prepareLine(ink, block ? ink.height : LINE_HEIGHT, LINE_MARGIN)
  const { text, confidence } = await recognizer.read(line, { expects: block ? 'block' : 'line' })
  const found = text.replace(/\n/g, '')
  return {
    text: found,
    confidence,
    opinions: [{ engine: recognizer.engine, text: found, confidence }],
  }
}

function upsideDown({ data, width, height }: GrayImage): GrayImage {
  return { data: Uint8Array.from(data).reverse(), width, height }
}

/** The blots on white paper: dirt and neighbors are gone. */
function alone(picture: GrayImage, blots: Blot[]): GrayImage {
  const data = new Uint8Array(picture.data.length).fill(255)
  const { width } = picture
  for (const blot of blots) {
    for (const at of blot.pixels) {
      // Its soft edge belongs to a stroke.
      for (const near of [at, at - 1, at + 1, at - width, at + width])
        if (near >= 0 && near < data.length) data[near] = Math.min(data[near], picture.data[near])
    }
  }
  return { ...picture, data }
}

function reaches(blot: Blot, box: Box): boolean {
  const [width, height] = [
    Math.min(blot.left + blot.width, box.left + box.width) - Math.max(blot.left, box.left),
    Math.min(blot.top + blot.height, box.top + box.height) - Math.max(blot.top, box.top),
  ]
  return width > 0 && height > 0 && width * height >= 0.3 * Math.min(blot.width * blot.height, 400)
}

function outer(boxes: Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  return {
    left,
    top,
    width: Math.max(...boxes.map((box) => box.left + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.top + box.height)) - top,
  }
}

function common(one: Box, other: Box): Box {
  const left = Math.max(one.left, other.left)
  const top = Math.max(one.top, other.top)
  return {
    left,
    top,
    width: Math.min(one.left + one.width, other.left + other.width) - left,
    height: Math.min(one.top + one.height, other.top + other.height) - top,
  }
}

function grown(box: Box, by: number): Box {
  return inset(box, -by)
}

function inset(box: Box, by: number): Box {
  return {
    left: box.left + by,
    top: box.top + by,
    width: box.width - 2 * by,
    height: box.height - 2 * by,
  }
}

function faintShare(picture: GrayImage, box: Box): number {
  const window = cut(picture, box)
  return window.data.filter((level) => level < FAINT).length / window.data.length
}

function median(levels: number[]): number {
  return levels.sort((a, b) => a - b)[levels.length >> 1] ?? 0
}
