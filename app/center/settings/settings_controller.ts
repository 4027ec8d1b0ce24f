import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { changeSettings, type SettingProblems } from '#app/center/settings/change_settings'
import { listSettings } from '#app/center/settings/list_settings'
import { stillOpen } from '#app/bookings/still_open'
import { notice } from '#app/core/notice'

const settingsValidator = vine.create({
  values: vine.record(vine.string().nullable()),
  /** what stood in the fields when the page was loaded */
  seen: vine.record(vine.string().nullable()).optional(),
})

function texts(record: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text ?? '']))
}

/** The settings of this installation. */
export default class SettingsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, {}, {})
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const input = await request.validateUsing(settingsValidator)
    const typed = texts(input.values)
    const problems = await changeSettings(auth.getUserOrFail(), typed, texts(input.seen ?? {}))
    if (Object.keys(problems).length > 0) {
      response.status(422)
      return this.#page(ctx, typed, problems)
    }
    notice(session, 'good', 'settings.saved')
    return response.redirect('/settings')
  }

  async #page({ view }: HttpContext, typed: Record<string, string>, problems: SettingProblems) {
    return view.render('center/settings', {
      ...(await listSettings()),
      stillOpen: await stillOpen(),
      typed,
      problems,
    })
  }
}
