import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'

const APP_ROOT = new URL('../', import.meta.url)

/** Makes what boots the application, whichever program it is for. */
export function ignitor(): Ignitor {
  const importer = (path: string) =>
    import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
  return new Ignitor(APP_ROOT, { importer }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
  })
}

/** Boots the application without HTTP and runs `work`. A failure is printed, and ends the process with 1. */
export async function runWithoutHttp(
  work: (app: ApplicationService) => Promise<void>
): Promise<void> {
  try {
    const app = ignitor().createApp('console')
    await app.init()
    await app.boot()
    await app.start(() => work(app))
  } catch (error) {
    await prettyPrintError(error)
    process.exit(1)
  }
}
