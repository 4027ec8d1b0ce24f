import { digitFeatures, FEATURES } from '#app/reading/digits/digit_features'
import {
  CLASSES,
  HIDDEN,
  hiddenOf,
  likelihoods,
  type DigitNet,
} from '#app/reading/digits/digit_net'
import type { GrayImage } from '#app/reading/gray_image'
import type { Random } from '#app/core/random'

export interface WrittenDigit {
  digit: number
  /** dark on white */
  picture: GrayImage
}

const ROUNDS = 14
const BATCH = 32
const RATE = 0.002
/** variants of each digit: turned, squeezed, thicker or thinner, as hands and scanners make them */
const VARIANTS = 4

/** Learns to tell digits from samples. The same samples and seed make the same net. */
export function trainDigits(samples: WrittenDigit[], random: Random): DigitNet {
  const seen = samples.flatMap(({ digit, picture }) => [
    { digit, features: digitFeatures(cropped(picture)) },
    ...Array.from({ length: VARIANTS }, () => ({
      digit,
      features: digitFeatures(cropped(varied(picture, random))),
    })),
  ])
  const net = freshNet(random)
  const steps = momentsOf(net)
  let count = 0
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(seen, random)
    const rate = RATE * (1 - round / ROUNDS)
    for (let start = 0; start < seen.length; start += BATCH)
      learn(net, steps, seen.slice(start, start + BATCH), rate, ++count)
  }
  return net
}

/** Share of samples that a net tells right. */
export function judgeDigits(net: DigitNet, samples: WrittenDigit[]): number {
  const right = samples.filter(({ digit, picture }) => {
    const likely = likelihoods(net, digitFeatures(cropped(picture)))
    return likely.indexOf(Math.max(...likely)) === digit
  })
  return right.length / samples.length
}

function freshNet(random: Random): DigitNet {
  const weights = (length: number, inputs: number) =>
    Float32Array.from({ length }, () => random.between(-1, 1) * Math.sqrt(6 / inputs))
  return {
    first: weights(HIDDEN * FEATURES, FEATURES),
    firstBias: new Float32Array(HIDDEN),
    second: weights(CLASSES * HIDDEN, HIDDEN),
    secondBias: new Float32Array(CLASSES),
  }
}

interface Moments {
  mean: DigitNet
  square: DigitNet
}

function momentsOf(net: DigitNet): Moments {
  const empty = () => ({
    first: new Float32Array(net.first.length),
    firstBias: new Float32Array(net.firstBias.length),
    second: new Float32Array(net.second.length),
    secondBias: new Float32Array(net.secondBias.length),
  })
  return { mean: empty(), square: empty() }
}

/** One step of Adam (Kingma and Ba, 2015) on the cross entropy of a batch. */
function learn(
  net: DigitNet,
  moments: Moments,
  batch: { digit: number; features: Float32Array }[],
  rate: number,
  step: number
): void {
  const slope = momentsOf(net).mean
  for (const { digit, features } of batch) {
    const hidden = hiddenOf(net, features)
    const error = likelihoods(net, features)
    error[digit] -= 1
    const back = new Float32Array(HIDDEN)
    for (let one = 0; one < CLASSES; one++) {
      slope.secondBias[one] += error[one]
      for (let unit = 0; unit < HIDDEN; unit++) {
        slope.second[one * HIDDEN + unit] += error[one] * hidden[unit]
        back[unit] += error[one] * net.second[one * HIDDEN + unit]
      }
    }
    for (let unit = 0; unit < HIDDEN; unit++) {
      if (hidden[unit] === 0) continue
      slope.firstBias[unit] += back[unit]
      const at = unit * FEATURES
      for (let index = 0; index < FEATURES; index++)
        slope.first[at + index] += back[unit] * features[index]
    }
  }
  for (const part of ['first', 'firstBias', 'second', 'secondBias'] as const) {
    const [weights, mean, square] = [net[part], moments.mean[part], moments.square[part]]
    const [meanBias, squareBias] = [1 - 0.9 ** step, 1 - 0.999 ** step]
    for (let index = 0; index < weights.length; index++) {
      const one = slope[part][index] / batch.length + 1e-5 * weights[index]
      mean[index] = 0.9 * mean[index] + 0.1 * one
      square[index] = 0.999 * square[index] + 0.001 * one * one
      weights[index] -=
        (rate * (mean[index] / meanBias)) / (Math.sqrt(square[index] / squareBias) + 1e-8)
    }
  }
}

/** The digit as another hand might have written it. */
function varied({ data, width, height }: GrayImage, random: Random): GrayImage {
  const turn = random.between(-0.2, 0.2)
  const [wide, high, slant] = [
    random.between(0.75, 1.3),
    random.between(0.85, 1.15),
    random.between(-0.25, 0.25),
  ]
  const [sine, cosine] = [Math.sin(turn), Math.cos(turn)]
  const swell = random.whole(-1, 1)
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : data[y * width + x]
  const sample = (x: number, y: number) => {
    const [u, v] = [(x - width / 2) / wide, (y - height / 2) / high]
    const [sx, sy] = [
      width / 2 + u * cosine - v * sine + slant * v,
      height / 2 + u * sine + v * cosine,
    ]
    const [left, top] = [Math.floor(sx), Math.floor(sy)]
    const [p, q] = [sx - left, sy - top]
    return (
      (at(left, top) * (1 - p) + at(left + 1, top) * p) * (1 - q) +
      (at(left, top + 1) * (1 - p) + at(left + 1, top + 1) * p) * q
    )
  }
  const once = Uint8Array.from({ length: data.length }, (_, index) =>
    sample(index % width, Math.floor(index / width))
  )
  if (swell === 0) return { data: once, width, height }
  const pick = swell > 0 ? Math.min : Math.max
  return {
    width,
    height,
    data: once.map((value, index) => {
      const [x, y] = [index % width, Math.floor(index / width)]
      const right = x + 1 < width ? once[index + 1] : value
      const below = y + 1 < height ? once[index + width] : value
      return pick(value, right, below)
    }),
  }
}

/** Cut at its strokes. */
function cropped({ data, width, height }: GrayImage): GrayImage {
  let [left, right, top, bottom] = [width, -1, height, -1]
  data.forEach((value, index) => {
    if (value > 200) return
    const [x, y] = [index % width, Math.floor(index / width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  })
  if (right < 0) return { data, width, height }
  const [wide, high] = [right - left + 1, bottom - top + 1]
  return {
    width: wide,
    height: high,
    data: Uint8Array.from(
      { length: wide * high },
      (_, index) => data[(top + Math.floor(index / wide)) * width + left + (index % wide)]
    ),
  }
}

function shuffle(items: unknown[], random: Random): void {
  for (let index = items.length - 1; index > 0; index--) {
    const other = random.whole(0, index)
    ;[items[index], items[other]] = [items[other], items[index]]
  }
}
