import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import type { HealthCheck } from '#app/core/health'

/** Less than this (MB) left where files are kept: soon nothing can be taken in. */
const LOW_MB = 500

/** A check of the room that is left where files are kept, before there is none. */
export const diskCheck: HealthCheck = {
  name: 'disk',

  async check() {
    const { bavail, bsize } = await statfs(filesFolder())
    return bavail * bsize < LOW_MB * 2 ** 20 ? 'disk_low' : null
  },
}

/** Returns where files are kept, or will be. */
export function filesFolder(): string {
  return existing(env.get('FILES_PATH') ?? app.makePath('storage'))
}

/** Returns a folder, or the nearest above it: a new installation has kept no file yet. */
function existing(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : existing(dirname(folder))
}
