import env from '#start/env'

/** Returns the folder of back-ups. @throws where there is none: `npm start` names one */
export function backupPath(): string {
  const path = env.get('BACKUP_PATH')
  if (!path) throw new Error('BACKUP_PATH names no folder')
  return path
}
