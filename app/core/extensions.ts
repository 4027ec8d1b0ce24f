import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** A folder that brings kinds of its own: `index.ts` (or `.js`), and if it wants to `views/` and `lang/`. */
export interface Extension {
  /** its views are called `name::view` */
  name: string
  folder: string
}

/** The extensions of this installation: folders named in EXTENSIONS, separated by commas. */
export function extensions(): Extension[] {
  const folders = (env.get('EXTENSIONS') ?? '').split(',').map((path) => path.trim())
  return folders
    .filter((path) => path !== '')
    .map((path) => resolve(app.makePath(), path))
    .map((folder) => ({ name: basename(folder), folder }))
}

/** Has each extension register what it brings. @throws where one of them can't be loaded: nothing runs without it */
export async function loadExtensions(): Promise<void> {
  for (const { folder } of extensions()) {
    const main = ['index.ts', 'index.js']
      .map((file) => join(folder, file))
      .find((file) => existsSync(file))
    if (!main) throw new Error(`EXTENSIONS: there is no index.ts or index.js in ${folder}`)
    const { default: register }: { default: () => void | Promise<void> } = await import(
      pathToFileURL(main).href
    )
    await register()
  }
}
