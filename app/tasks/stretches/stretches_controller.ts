import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { siteOfSession } from '#app/people/site_of_session'
import { beginStretch, stopStretch } from '#app/tasks/stretches/begin_stretch'
import { kindsFor } from '#app/tasks/task_kind'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'

const stretchValidator = vine.create({
  kind: vine.string().maxLength(40),
  group: vine.string().maxLength(80),
  version: vine.string().uuid(),
  promised: vine.number().withoutDecimals().range([1, 500]),
})

/** Ten minutes of work: so many tasks of one group, and then it ends. */
export default class StretchesController {
  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const input = await request.validateUsing(stretchValidator)
    const kind = kindsFor(user).find(({ name, groups }) => groups && name === input.kind)
    if (!(await kind?.groups?.name(input.version, input.group))) return notFound(ctx)
    const taken = await beginStretch(user, siteOfSession(session), {
      kind: input.kind,
      groupKey: input.group,
      serviceVersionId: input.version,
      promised: input.promised,
    })
    if (taken.ok) return response.redirect(`/work/assignments/${taken.assignment.id}`)
    notice(session, 'warn', `tasks.${taken.reason}`)
    return response.redirect('/work')
  }

  async destroy({ auth, response }: HttpContext) {
    await stopStretch(auth.getUserOrFail())
    return response.redirect('/work')
  }
}
