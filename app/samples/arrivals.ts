import sharp, { type Sharp } from 'sharp'
import { openCv, withHandles } from '#app/reading/opencv'
import { asPdf } from '#app/samples/make_sample'
import type { Random } from '#app/core/random'
import type { Raster } from '#app/core/rasterize'

/** Ways in which a filled-in paper may arrive. */
export const ARRIVALS = ['scan300', 'scan200', 'fax', 'photo', 'copy'] as const
export type Arrival = (typeof ARRIVALS)[number]

/** Sends a paper (300 dpi, gray) the given way; a file as it would be uploaded. */
export async function arrive(way: Arrival, paper: Raster, random: Random): Promise<Buffer> {
  if (way === 'scan300') return asPdf([await jpeg(paper, 92, 300)])
  if (way === 'scan200') return jpeg(await scanned(paper, random), random.whole(55, 85), 200)
  if (way === 'fax') return faxed(paper, random)
  if (way === 'photo') return photographed(paper, random)
  return jpeg(await copied(paper, random), 75, 200)
}

function open({ data, width, height }: Raster) {
  return sharp(data, { raw: { width, height, channels: 1 } })
}

async function toRaster(image: Sharp): Promise<Raster> {
  const { data, info } = await image
    .grayscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

function jpeg(page: Raster, quality: number, density: number): Promise<Buffer> {
  return open(page).withMetadata({ density }).jpeg({ quality }).toBuffer()
}

/** A quick office scan: 200 dpi, a little askew, with grain. */
async function scanned(paper: Raster, random: Random): Promise<Raster> {
  const page = await toRaster(
    open(await turned(paper, random.between(-1.4, 1.4)))
      .resize(1654, 2339, { fit: 'fill' })
      .blur(random.between(0.4, 0.8))
  )
  return grained(page, random, random.between(4, 14), random.between(232, 252))
}

/** Standard fax: 204 × 98 dots an inch, black or white. */
async function faxed(paper: Raster, random: Random): Promise<Buffer> {
  const page = await toRaster(
    open(await turned(paper, random.between(-0.8, 0.8))).resize(1688, 1146, { fit: 'fill' })
  )
  const level = random.whole(140, 190)
  const bits = page.data.map((gray) => {
    const flipped = random.chance(0.0006)
    return gray < level !== flipped ? 0 : 255
  })
  return sharp(bits, { raw: { width: page.width, height: page.height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({
      compression: 'ccittfax4',
      bitdepth: 1,
      xres: 204 / 25.4,
      yres: 98 / 25.4,
      resolutionUnit: 'inch',
    })
    .toBuffer()
}

/** Held in a hand: perspective, a lamp on one side, a shadow, a desk around it, slightly out of focus. */
async function photographed(paper: Raster, random: Random): Promise<Buffer> {
  const [width, height] = [2250, 3000]
  const edge = (size: number) => size * random.between(0.03, 0.09)
  const corners: [number, number][] = [
    [edge(width), edge(height)],
    [width - edge(width), edge(height)],
    [width - edge(width), height - edge(height)],
    [edge(width), height - edge(height)],
  ]
  const page = await warped(paper, corners, width, height, random.whole(60, 120))
  const [lamp, shadow] = [random.between(0.72, 1), random.between(0.8, 1)]
  const [from, soft] = [random.between(0.3, 0.8) * width, random.between(150, 500)]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 - (1 - lamp) * ((x / width + y / height) / 2)
      const dark = 1 - (1 - shadow) / (1 + Math.exp(-(x - from) / soft))
      page.data[y * width + x] = Math.max(
        0,
        Math.min(255, page.data[y * width + x] * light * dark * 0.93 + (random.next() - 0.5) * 12)
      )
    }
  }
  return open(page)
    .blur(random.between(0.5, 1.1))
    .jpeg({ quality: random.whole(65, 85) })
    .toBuffer()
}

/** A photocopy of 97 %: askew, with too much contrast, specks and a streak from the glass. */
async function copied(paper: Raster, random: Random): Promise<Raster> {
  const small = await toRaster(
    open(paper)
      .resize(Math.round(paper.width * 0.97))
      .extend({
        top: Math.round(paper.height * 0.012),
        left: Math.round(paper.width * 0.02),
        right: Math.round(paper.width * 0.01),
        bottom: Math.round(paper.height * 0.018),
        background: '#fff',
      })
  )
  const page = await toRaster(
    open(await turned(small, random.between(-1.6, 1.6)))
      .resize(1654, 2339, { fit: 'fill' })
      .blur(random.between(0.5, 0.9))
  )
  const [low, high] = [random.between(20, 70), random.between(200, 235)]
  page.data.forEach((gray, index) => {
    page.data[index] = Math.max(0, Math.min(250, ((gray - low) / (high - low)) * 255))
  })
  for (let speck = 0; speck < 160; speck++) {
    const [x, y] = [random.whole(0, page.width - 5), random.whole(0, page.height - 5)]
    const size = random.whole(1, 4)
    for (let row = y; row < y + size; row++)
      page.data.fill(random.whole(20, 120), row * page.width + x, row * page.width + x + size)
  }
  const streak = random.whole(100, page.width - 100)
  for (let y = 0; y < page.height; y++)
    page.data[y * page.width + streak] = Math.min(page.data[y * page.width + streak], 205)
  return grained(page, random, 6, 250)
}

async function turned(page: Raster, degrees: number): Promise<Raster> {
  return toRaster(
    open(page)
      .rotate(degrees, { background: '#f6f6f6' })
      .resize(page.width, page.height, { fit: 'cover', position: 'center' })
  )
}

function grained(page: Raster, random: Random, grain: number, paper: number): Raster {
  page.data.forEach((gray, index) => {
    page.data[index] = Math.max(
      0,
      Math.min(255, (gray * paper) / 255 + (random.next() - 0.5) * grain)
    )
  })
  return page
}

/** Lays the paper's corners at the given places, on a desk of that gray. */
async function warped(
  paper: Raster,
  corners: [number, number][],
  width: number,
  height: number,
  desk: number
): Promise<Raster> {
  const cv = await openCv()
  return withHandles((keep) => {
    const source = keep(new cv.Mat(paper.height, paper.width, cv.CV_8UC1))
    source.data.set(paper.data)
    const from = keep(
      cv.matFromArray(4, 1, cv.CV_32FC2, [
        0,
        0,
        paper.width,
        0,
        paper.width,
        paper.height,
        0,
        paper.height,
      ])
    )
    const to = keep(cv.matFromArray(4, 1, cv.CV_32FC2, corners.flat()))
    const matrix = keep(cv.findHomography(from, to, 0, 3))
    const target = keep(new cv.Mat())
    cv.warpPerspective(
      source,
      target,
      matrix,
      new cv.Size(width, height),
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(desk)
    )
    return { data: Uint8Array.from(target.data), width, height }
  })
}
