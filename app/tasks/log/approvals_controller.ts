import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { decideOnWork } from '#app/tasks/log/decide_on_work'
import { waitingDisputes } from '#app/tasks/log/dispute_day'
import { monthOf, monthBeside, waitingForApproval } from '#app/tasks/log/month_log'
import { monthTable } from '#app/tasks/log/month_table'
import { notice } from '#app/core/notice'

const MAX_SHOWN = 200

const decisionValidator = vine.create({ decision: vine.enum(['approved', 'declined'] as const) })

/** Work that people typed in, for who approves it; and everybody's month as a table. */
export default class ApprovalsController {
  async index({ auth, request, view }: HttpContext) {
    const month = monthOf(request.qs())
    return view.render('tasks/approvals', {
      waiting: await waitingForApproval(auth.getUserOrFail().id, MAX_SHOWN),
      disputes: await waitingDisputes(auth.getUserOrFail().id, MAX_SHOWN),
      month,
      before: monthBeside(month, -1),
    })
  }

  async store({ auth, params, request, response, session }: HttpContext) {
    const { decision } = await request.validateUsing(decisionValidator)
    const isDone = await decideOnWork(auth.getUserOrFail(), params.id, decision)
    notice(session, isDone ? 'good' : 'warn', `log.${isDone ? decision : 'overtaken'}`)
    return response.redirect('/work/approvals')
  }

  async export({ auth, i18n, request, response }: HttpContext) {
    const month = monthOf(request.qs())
    const table = await monthTable(auth.getUserOrFail(), month, (key) => i18n.t(`log.${key}`))
    response.header('Content-Disposition', `attachment; filename="work-${month}.csv"`)
    return response.type('text/csv; charset=utf-8').send(table)
  }
}
