/** The imports between the rooms of app/. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../setup/paths.js'

/** The call of dependency-cruiser: its program, and where it looks. */
export const CRUISER = [
  'dependency-cruiser/bin/dependency-cruiser.mjs',
  '--config',
  'bin/house/layers.js',
  'app',
  'start',
]

/** @returns {Set<string>} `from to`, for every room that imports another */
export function importsBetweenRooms() {
  const [program, ...args] = CRUISER
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules', program), ...args, '--output-type', 'json'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 }
  )
  /** @type {{ modules: { source: string, dependencies: { resolved: string }[] }[] }} */
  const { modules } = JSON.parse(stdout)
  const roomOf = (/** @type {string} */ path) => (path.startsWith('app/') ? path.split('/')[1] : '')
  return new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies
        .map(({ resolved }) => [roomOf(source), roomOf(resolved)])
        .filter(([from, to]) => from && to && from !== to)
        .map((pair) => pair.join(' '))
    )
  )
}
