import drive from '@adonisjs/drive/services/main'
import { newId } from '#app/core/ids'
import type { Sealer } from '#app/core/sealing'

/**
 * Seals bytes into a new file and returns its path on the disk. Written before the row that names it
 * commits: if that never happens, what remains is a file that nobody can open.
 */
export async function writeSealedFile(
  sealer: Sealer,
  folder: string,
  content: Buffer
): Promise<string> {
  const path = `${folder}/${newId()}`
  try {
    await drive.use().put(path, sealer.seal(`file:${path}`, content))
  } catch (error) {
    // A full disk leaves a part of it.
    await removeFile(path).catch(() => {})
    throw error
  }
  return path
}

/** @throws {import('#app/core/sealing').SealBroken} */
export async function readSealedFile(sealer: Sealer, path: string): Promise<Buffer> {
  return sealer.open(`file:${path}`, Buffer.from(await drive.use().getBytes(path)))
}

/** Removes a file whose key is destroyed; one that is gone already is fine. */
export async function removeFile(path: string): Promise<void> {
  await drive.use().delete(path)
}
