/** `npm run lint` and `npm run typecheck`, on a bare clone too. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { CRUISER } from './house/imports.js'
import { installDependencies } from './setup/dependencies.js'
import { ROOT } from './setup/paths.js'
import { reexecOnNode24 } from './setup/runtime.js'
import { runMain } from './setup/say.js'

/** @type {Record<string, string[][]>} */
const CHECKS = {
  lint: [
    ['eslint/bin/eslint.js', '.'],
    ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    CRUISER,
  ],
  types: [
    ['typescript/bin/tsc', '--noEmit'],
    ['typescript/bin/tsc', '--noEmit', '-p', 'resources/js'],
  ],
}

if (!reexecOnNode24(process.argv[1])) {
  await runMain(async () => {
    installDependencies()
    for (const [program, ...args] of CHECKS[process.argv[2]]) {
      const { status } = spawnSync(
        process.execPath,
        [join(ROOT, 'node_modules', program), ...args],
        { cwd: ROOT, stdio: 'inherit' }
      )
      if (status !== 0) process.exitCode = 1
    }
  })
}
