import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { common, inset, outer } from '#app/reading/boxes'
import { digitFeatures } from '#app/reading/digits/digit_features'
import { likelihoods, unpackNet, type DigitNet } from '#app/reading/digits/digit_net'
import { median } from '#app/reading/doubt_writing'
import { cut, prepareLine, sideBySide, type Box, type GrayImage } from '#app/reading/gray_image'
import { alone, type Blot } from '#app/reading/ink_blots'
import type { Opinions } from '#app/reading/opinion'
import type { Recognizer } from '#app/reading/recognizer'

/** px; height of digits in a row, and of white around it that the text engine wants */
const DIGIT_HEIGHT = 44
const LINE_MARGIN = 24

/** A cell of a comb: where writing counts, and what is written there. */
export interface Cell {
  /** inside of its frame */
  box: Box
  blots: Blot[]
}

let net: Promise<DigitNet> | undefined

/** The shapes of digits, learnt once by `node ace digits:train`. */
function digitNet(): Promise<DigitNet> {
  net ??= readFile(app.makePath('resources/recognition/digits.bin')).then(unpackNet)
  return net
}

/**
 * Reads what isn't empty of a comb, each cell by itself; the text engine reads the row as a second opinion.
 * @param frame px outside of a cell's box that its strokes may still reach
 * @param fromTheRight whether its first cells may be empty
 */
export async function readCells(
  cells: Cell[],
  picture: GrayImage,
  frame: number,
  recognizer: Recognizer,
  fromTheRight: boolean
): Promise<Opinions> {
  const filled = cells.filter((cell) => cell.blots.length > 0)
  const digits = filled.map(({ box, blots }) =>
    cut(alone(picture, blots), common(inset(box, -frame), outer(blots)))
  )
  const first = fromTheRight ? cells.findIndex((cell) => cell.blots.length > 0) : 0
  const gap = cells.findIndex((cell, index) => index >= first && cell.blots.length === 0)
  const holes = gap >= 0 && cells.slice(gap).some((cell) => cell.blots.length > 0)
  const read = await readDigits(digits, recognizer)
  return { ...read, doubt: holes ? 'length' : read.doubt }
}

/** Digits in a box of their own: strokes that hang together are one each; short bars between them don't count. */
export async function readLooseDigits(
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

/** Asks the net about each digit, and the text engine about them in a row. */
async function readDigits(digits: GrayImage[], recognizer: Recognizer): Promise<Opinions> {
  const shapes = await digitNet()
  const each = digits.map((digit) => {
    const likely = likelihoods(shapes, digitFeatures(digit))
    const max = Math.max(...likely)
    return { digit: likely.indexOf(max), likelihood: max }
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
