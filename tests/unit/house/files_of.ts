import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'

export interface CodeFile {
  /** from the root of the repository */
  path: string
  text: string
}

/** All files below a folder whose names end so. */
export function filesOf(folder: string, ending: string): CodeFile[] {
  return readdirSync(app.makePath(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(app.makePath(path), 'utf8') }))
}
