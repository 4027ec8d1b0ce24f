import { Registry } from '#app/core/registry'

/** Things that are kept for a time, and removed when that is over. */
export interface Retained {
  name: string
  /** Removes a part of what is over; run once an hour. */
  removeOver(): Promise<unknown>
}

/** Everything that is kept for a time; each room registers its own. */
export const retention = new Registry<Retained>('retained thing')

/** Removes what is over, one kind after the other; one that fails doesn't keep the others. @throws the first fault */
export async function removeWhatIsOver(): Promise<void> {
  const faults: unknown[] = []
  for (const { removeOver } of retention.all())
    await removeOver().catch((error: unknown) => faults.push(error))
  if (faults.length > 0) throw faults[0]
}
