import { newId } from '#app/core/ids'
import { removeFile, writeSealedFile } from '#app/core/sealed_files'
import { createSealer, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

export interface SealedUpload {
  /** for the row */
  id: string
  sealer: Sealer
  /** where the file lies */
  file: string
}

/** Seals a file that came in under a key of its own, and keeps the row that `keep` makes of it: both or neither. */
export async function receiveFile<T>(
  purpose: string,
  folder: string,
  content: Buffer,
  keep: (t: Transition, upload: SealedUpload) => Promise<T>
): Promise<T> {
  let file: string | undefined
  try {
    return await transition(async (t) => {
      const sealer = await createSealer(t.trx, purpose)
      // Where the transition comes again, its key is another.
      if (file) await removeFile(file)
      file = await writeSealedFile(sealer, folder, content)
      return keep(t, { id: newId(), sealer, file })
    })
  } catch (error) {
    if (file) await removeFile(file)
    throw error
  }
}
