import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import Backup from '#app/center/backups/backup'
import { backupPath } from '#app/center/backups/backup_path'
import { askForBackup, backupDays, forgetBackup } from '#app/center/backups/make_backups'
import { isOnSameDisk } from '#app/center/backups/same_disk'
import Standstill, { endStandstill } from '#app/core/standstill'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

/** Back-ups: which there are, when one was tried out, and what waits after one was brought back. */
export default class BackupsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async #page({ request, view }: HttpContext, forgetting: string | null) {
    return view.render('center/backups', {
      backups: await Backup.query()
        .orderBy('createdAt', 'desc')
        .paginate(await pageNumber(request.qs()), PAGE_SIZE),
      folder: backupPath(),
      sameDisk: await isOnSameDisk(backupPath()),
      withKeys: env.get('BACKUP_PASSPHRASE') !== undefined,
      forgetting,
      days: await backupDays.value(),
      standstills: await Standstill.query().orderBy('restoredAt', 'desc').limit(PAGE_SIZE),
    })
  }

  async store({ auth, response, session }: HttpContext) {
    await askForBackup(auth.getUserOrFail())
    notice(session, 'good', 'backups.asked')
    return response.redirect('/backups')
  }

  /** A copy out of the house was destroyed there; asked once more. */
  async forget(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    if (request.input('sure') !== 'yes') return this.#page(ctx, params.id)
    const isForgotten = await forgetBackup(auth.getUserOrFail(), params.id)
    notice(
      session,
      isForgotten ? 'good' : 'warn',
      `backups.${isForgotten ? 'forgotten' : 'not_out'}`
    )
    return response.redirect('/backups')
  }

  /** Whoever does it has seen what may have left before: letters of that day, deliveries. */
  async release({ auth, response, session }: HttpContext) {
    const isReleased = await endStandstill(auth.getUserOrFail())
    notice(
      session,
      isReleased ? 'good' : 'warn',
      `backups.${isReleased ? 'released' : 'nothing_held'}`
    )
    return response.redirect('/backups')
  }
}
