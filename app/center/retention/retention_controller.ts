import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { keepRule } from '#app/center/retention/keep_rule'
import { listRules } from '#app/center/retention/list_rules'
import { MAX_DAYS } from '#app/center/retention/retention_rule'
import { backupDays } from '#app/center/backups/make_backups'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'

const days = () => vine.number().withoutDecimals().range([0, MAX_DAYS]).optional()
const ruleValidator = vine.create({
  client_id: vine.string().uuid(),
  service_id: vine.string().uuid().optional(),
  pictures: days(),
  values: days(),
})

/** For how long things are kept, by client and service. */
export default class RetentionController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await ruleValidator.tryValidate(request.all())
    const { pictures, values } = input ?? {}
    if (problems || (pictures === undefined) !== (values === undefined))
      return this.#page(ctx, 'retention.incomplete')
    // Pictures that outlive the values would be kept longer than what they prove.
    if (values && (!pictures || pictures > values))
      return this.#page(ctx, 'retention.pictures_longer')
    const subject = { clientId: input.client_id, serviceId: input.service_id ?? null }
    const rule = pictures === undefined || values === undefined ? null : { pictures, values }
    if (!(await keepRule(auth.getUserOrFail(), subject, rule))) return notFound({ request })
    notice(session, 'good', rule ? 'retention.kept' : 'retention.removed')
    return response.redirect('/retention')
  }

  async #page({ auth, request, response, view }: HttpContext, problem: string | null) {
    if (problem) response.status(422)
    return view.render('center/retention', {
      rows: await listRules(auth.getUserOrFail()),
      backups: await backupDays.value(),
      typed: problem ? request.all() : null,
      problem,
    })
  }
}
