import { mkdir, stat } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Whether back-ups lie on the disk that they are to stand in for. */
export async function isOnSameDisk(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = env.get('FILES_PATH') ?? app.makePath('storage')
  await mkdir(files, { recursive: true })
  return (await stat(folder)).dev === (await stat(files)).dev
}
