import { FEATURES } from '#app/reading/digits/digit_features'

export const HIDDEN = 96
export const CLASSES = 10

/** A small net of two layers: directions of strokes in, how sure of each digit out. */
export interface DigitNet {
  first: Float32Array
  firstBias: Float32Array
  second: Float32Array
  secondBias: Float32Array
}

/** Tells the likelihood of each digit from 0 to 9; together 1. */
export function likelihoods(net: DigitNet, features: Float32Array): Float32Array {
  const hidden = hiddenOf(net, features)
  const out = new Float32Array(CLASSES)
  for (let digit = 0; digit < CLASSES; digit++) {
    let sum = net.secondBias[digit]
    for (let unit = 0; unit < HIDDEN; unit++)
      sum += net.second[digit * HIDDEN + unit] * hidden[unit]
    out[digit] = sum
  }
  return softmax(out)
}

export function hiddenOf(net: DigitNet, features: Float32Array): Float32Array {
  const hidden = new Float32Array(HIDDEN)
  for (let unit = 0; unit < HIDDEN; unit++) {
    let sum = net.firstBias[unit]
    const at = unit * FEATURES
    for (let index = 0; index < FEATURES; index++) sum += net.first[at + index] * features[index]
    hidden[unit] = Math.max(0, sum)
  }
  return hidden
}

function softmax(values: Float32Array): Float32Array {
  const max = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - max))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

const PARTS = [
  ['first', HIDDEN * FEATURES],
  ['firstBias', HIDDEN],
  ['second', CLASSES * HIDDEN],
  ['secondBias', CLASSES],
] as const

/** A net as bytes: each part its largest weight (float), then its weights from -127 to 127. */
export function packNet(net: DigitNet): Buffer {
  return Buffer.concat(
    PARTS.flatMap(([name]) => {
      const max = net[name].reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
      const head = Buffer.alloc(4)
      head.writeFloatLE(max)
      return [
        head,
        Buffer.from(Int8Array.from(net[name], (value) => Math.round((value / max) * 127))),
      ]
    })
  )
}

export function unpackNet(bytes: Buffer): DigitNet {
  let at = 0
  const parts = PARTS.map(([name, length]) => {
    const max = bytes.readFloatLE(at)
    const weights = Float32Array.from(
      { length },
      (_, index) => (bytes.readInt8(at + 4 + index) / 127) * max
    )
    at += 4 + length
    return [name, weights]
  })
  return Object.fromEntries(parts) as DigitNet
}
