import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import drive from '@adonisjs/drive/services/main'
import { newId } from '#app/core/ids'
import { removeFile } from '#app/core/sealed_files'
import { SealBroken, type Sealer } from '#app/core/sealing'

/** Each part of a long file is sealed by itself, bound to its place; the length of what is sealed stands before it. */
const LENGTH_BYTES = 4
/** Stands in the place of the last part, so that a file that was cut off is noticed. */
const END = 'end'

export interface Written {
  path: string
  /** of what was sealed */
  bytes: number
  sha256: string
}

/** Seals a file that need not fit into memory, part by part as it comes. */
export async function writeSealedStream(
  sealer: Sealer,
  folder: string,
  parts: AsyncIterable<Buffer>
): Promise<Written> {
  const path = `${folder}/${newId()}`
  const hash = createHash('sha256')
  let bytes = 0
  async function* frames() {
    let number = 0
    for await (const part of parts) {
      hash.update(part)
      bytes += part.length
      yield frame(sealer.seal(placeOf(path, number++), part))
    }
    yield frame(sealer.seal(placeOf(path, END), String(number)))
  }
  try {
    await drive.use().putStream(path, Readable.from(frames(), { objectMode: false }))
  } catch (error) {
    await removeFile(path).catch(() => {})
    throw error
  }
  return { path, bytes, sha256: hash.digest('hex') }
}

/** The parts of a sealed file, one after the other. @throws {SealBroken} also where its end is missing */
export async function* readSealedStream(sealer: Sealer, path: string): AsyncGenerator<Buffer> {
  yield* openSealedStream(sealer, path, await drive.use().getStream(path))
}

/** The same of bytes that come from elsewhere; `path` is where they were sealed to. @throws {SealBroken} */
export async function* openSealedStream(
  sealer: Sealer,
  path: string,
  chunks: AsyncIterable<unknown>
): AsyncGenerator<Buffer> {
  let left = Buffer.alloc(0)
  let number = 0
  let last: Buffer | null = null
  for await (const chunk of chunks) {
    left = Buffer.concat([left, chunk as Buffer])
    for (;;) {
      if (left.length < LENGTH_BYTES) break
      const length = left.readUInt32BE(0)
      if (left.length < LENGTH_BYTES + length) break
      if (last) yield sealer.open(placeOf(path, number++), last)
      last = left.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
      left = left.subarray(LENGTH_BYTES + length)
    }
  }
  const end = last && sealer.open(placeOf(path, END), last).toString()
  if (left.length > 0 || end !== String(number)) throw new SealBroken(`file:${path}`)
}

function frame(sealed: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(sealed.length)
  return Buffer.concat([length, sealed])
}

function placeOf(path: string, part: number | typeof END): string {
  return `file:${path}#${part}`
}
