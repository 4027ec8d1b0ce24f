import i18nManager from '@adonisjs/i18n/services/main'
import { alarmsToNotify } from '#app/core/alarms'
import { mailServer } from '#app/core/mail/mail_server'
import { writeMail } from '#app/core/mail/write_mail'
import { transition } from '#app/core/transition'

/** Writes to whoever is to know what has been wrong with the machine for a while: once for each time, in both languages. */
export async function notifyOfAlarms(): Promise<void> {
  await transition(async (t) => {
    const server = await mailServer(t.trx)
    if (!server || server.alarmsTo.length === 0) return
    const alarms = await alarmsToNotify(t.trx)
    if (alarms.length === 0) return
    const [ja, en] = ['ja', 'en'].map((locale) => i18nManager.locale(locale))
    const text = [ja, en]
      .map((words) =>
        [
          words.t('mail.alarm_begins'),
          ...alarms.map(
            ({ fault, since }) =>
              `- ${words.t(`alarms.${fault}`)} (${words.formatDate(since, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' })})`
          ),
        ].join('\n')
      )
      .join('\n\n')
    const subject = `${ja.t('mail.alarm_subject')} / ${en.t('mail.alarm_subject')}`
    for (const to of server.alarmsTo) await writeMail(t, { purpose: 'alarm', to, subject, text })
  })
}
