import { newId } from '#app/core/ids'
import { writeSealedFile } from '#app/core/sealed_files'
import { createSealer, type Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { withFile } from '#app/core/with_file'

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
  return withFile(async (t, keepFile) => {
    const sealer = await createSealer(t.trx, purpose)
    const file = await keepFile(() => writeSealedFile(sealer, folder, content))
    return keep(t, { id: newId(), sealer, file })
  })
}
