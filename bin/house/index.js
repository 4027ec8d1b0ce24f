/** `npm run house`: draws which room of app/ imports which, into docs/rooms.svg. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installDependencies } from '../setup/dependencies.js'
import { ROOT } from '../setup/paths.js'
import { reexecOnNode24 } from '../setup/runtime.js'
import { runMain } from '../setup/say.js'
import { drawHouse } from './draw.js'
import { importsBetweenRooms } from './imports.js'

if (!reexecOnNode24(process.argv[1])) {
  await runMain(async () => {
    installDependencies()
    writeFileSync(join(ROOT, 'docs/rooms.svg'), drawHouse(importsBetweenRooms()))
  })
}
