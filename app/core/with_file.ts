import { removeFile } from '#app/core/sealed_files'
import { transition, type Transition } from '#app/core/transition'

/** Keeps the name of a file that was written in a transition, so that it goes where nothing comes of it. */
export type KeepFile = (write: () => Promise<string>) => Promise<string>

/** Runs a transition that writes a file: both or neither. Where it comes again, the file of before goes: its key is another. */
export async function withFile<T>(work: (t: Transition, keep: KeepFile) => Promise<T>): Promise<T> {
  let file: string | undefined
  try {
    return await transition((t) =>
      work(t, async (write) => {
        if (file) await removeFile(file)
        return (file = await write())
      })
    )
  } catch (error) {
    if (file) await removeFile(file)
    throw error
  }
}
