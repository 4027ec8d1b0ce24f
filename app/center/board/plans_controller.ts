import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { forgetBoard } from '#app/center/board/current_board'
import { KEYINGS } from '#app/catalog/description'
import { newestVersion } from '#app/catalog/frozen_version'
import { mayBeKeyed } from '#app/catalog/parts/group_part'
import Service from '#app/catalog/service'
import type ServiceVersion from '#app/catalog/service_version'
import { isForMachine } from '#app/keying/passes'
import User from '#app/people/user'
import { notice } from '#app/core/notice'
import { planService } from '#app/tasks/plans/plan_service'
import {
  AS_PUBLISHED,
  planOf,
  SERVICE_PRIORITIES,
  type Keying,
  type PlannedService,
} from '#app/tasks/plans/service_plan'

const planValidator = vine.create({
  number: vine.number().withoutDecimals().min(0),
  priority: vine.number().in([...SERVICE_PRIORITIES]),
  keying: vine.record(vine.enum(KEYINGS).nullable()).optional(),
})

/** The way in which a service's work is done for now: what goes first, and who keys it. */
export default class PlansController {
  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const [problems, input] = await planValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'board.plan_wrong')
    const version = await newestVersion((await Service.findOrFail(params.id)).id)
    const keying = Object.entries(input.keying ?? {}).flatMap(([group, by]) =>
      by ? [[group, by] as const] : []
    )
    if (keying.some(([group, by]) => !ways(version, group).includes(by)))
      return this.#page(ctx, 'board.plan_wrong')
    const priority = input.priority as PlannedService['priority']
    return this.#plan(ctx, { priority, keying: Object.fromEntries(keying) }, input.number)
  }

  /** Goes back to how it was done before the last change. */
  async destroy(ctx: HttpContext) {
    const plan = await planOf((await Service.findOrFail(ctx.params.id)).id)
    if (!plan?.before) return ctx.response.redirect(`/board/services/${ctx.params.id}`)
    return this.#plan(ctx, plan.before, Number(ctx.request.input('number')))
  }

  async #plan(ctx: HttpContext, wanted: PlannedService, number: number) {
    const { auth, params, response, session } = ctx
    const outcome = await planService(auth.getUserOrFail(), params.id, wanted, number)
    if (outcome === 'overtaken') return this.#page(ctx, 'board.plan_overtaken')
    forgetBoard()
    notice(session, 'good', outcome === 'done' ? 'board.plan_saved' : 'board.plan_same')
    return response.redirect(`/board/services/${params.id}`)
  }

  async #page({ params, response, view }: HttpContext, problem: string | null) {
    if (problem) response.status(422)
    const service = await Service.findOrFail(params.id)
    const version = await newestVersion(service.id)
    const plan = await planOf(service.id)
    return view.render('center/service_plan', {
      service,
      name: version.description.name,
      groups: version.description.groups.map((group) => ({
        ...group,
        usual: usually(version, group.key),
        ways: ways(version, group.key),
      })),
      priorities: SERVICE_PRIORITIES,
      now: plan ?? AS_PUBLISHED,
      number: plan?.number ?? 0,
      before: plan?.before ?? null,
      changedAt: plan?.changedAt,
      changedBy: plan && (await User.findOrFail(plan.changedBy)).displayName,
      problem,
    })
  }
}

/** By whom a group is keyed where its version alone says so. */
function usually(version: ServiceVersion, key: string): Keying {
  const group = version.group(key)
  return group.keying ?? (isForMachine(group, version) ? 'machine' : 'two')
}

/** By whom else a group could be keyed, so that every value would be enough. */
function ways(version: ServiceVersion, key: string): Keying[] {
  if (!version.hasGroup(key)) return []
  const usual = usually(version, key)
  return KEYINGS.filter((by) => by !== usual && mayBeKeyed(version.description, by))
}
