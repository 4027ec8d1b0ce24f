import { benchBookings } from '#bench/bookings'
import { benchFootprint } from '#bench/footprint'
import { benchHostile } from '#bench/hostile'
import { benchLetters } from '#bench/letters'
import { benchPath } from '#bench/path'
import { benchQueue } from '#bench/queue/index'
import { benchRecognition } from '#bench/recognition'

/** The path first: the footprint is that of processes which have worked. */
const SUITES = {
  path: benchPath,
  footprint: benchFootprint,
  bookings: benchBookings,
  queue: benchQueue,
  letters: benchLetters,
  recognition: benchRecognition,
}

/** Runs the named suites, or all of them; `hostile DIR` by itself. @throws for a name that isn't a suite */
export async function runSuites(names: string[]): Promise<void> {
  const [first, folder] = names
  if (first === 'hostile') {
    if (!folder) throw new Error('Which folder? npm run bench -- hostile DIR')
    return benchHostile(folder)
  }
  const unknown = names.find((name) => !(name in SUITES))
  if (unknown)
    throw new Error(
      `There is no suite "${unknown}"; there are ${Object.keys(SUITES).join(', ')} and hostile`
    )
  for (const [name, run] of Object.entries(SUITES)) {
    if (names.length === 0 || names.includes(name)) await run()
  }
}
