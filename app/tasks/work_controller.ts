import { isCleared } from '#app/people/engagements/is_cleared'
import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import Assignment from '#app/tasks/assignment'
import { countByKind, countGroups, MAX_COUNTED } from '#app/tasks/count_tasks'
import { kindsFor } from '#app/tasks/task_kind'
import { lastRetractable } from '#app/tasks/retractable'
import { offerStretches, stretchMinutes } from '#app/tasks/stretches/offer_stretches'
import { ownStretch } from '#app/tasks/stretches/stretch_shown'
import { afterRow } from '#app/core/paging'
import { waitingTasks } from '#app/tasks/waiting_tasks'
import { workPanels } from '#app/tasks/work_panel'
import { todaysWork } from '#app/tasks/todays_work'

/** The screen where a person's work begins: one key takes the next task. */
export default class WorkController {
  async index({ auth, request, session, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const kinds = kindsFor(user).filter(({ inPacks }) => !inPacks)
    const current = await Assignment.query()
      .where({ userId: user.id, ahead: false })
      .whereNull('endedAt')
      .whereRaw('expires_at > now()')
      .first()
    const site = siteOfSession(session)
    const waiting = await countGroups(user, site)
    const counts = countByKind(waiting)
    const stretch = await ownStretch(user, site)
    const after = afterRow(request.qs())
    const list = user.may('tasks.choose')
      ? await waitingTasks(
          user,
          kinds.map((kind) => kind.name),
          after
        )
      : null
    const panels = await Promise.all(
      workPanels.all().map(async (panel) => ({ ...panel, own: await panel.load(user, site) }))
    )
    return view.render('tasks/index', {
      current,
      stretch,
      stretchMinutes: await stretchMinutes.value(),
      stretches: current || stretch ? [] : await offerStretches(waiting),
      panels: panels.filter(({ own }) => own),
      kinds: kinds.map(({ name, label }) => ({ label, open: shown(counts.get(name) ?? 0) })),
      total: [...counts.values()].reduce((sum, count) => sum + count, 0),
      labels: Object.fromEntries(kinds.map(({ name, label }) => [name, label])),
      cleared: await isCleared(user, site),
      retractable: await lastRetractable(user),
      today: await todaysWork(user.id),
      tasks: list?.tasks ?? [],
      next: list?.hasMore ? list.tasks.at(-1)!.id : null,
      isFirst: !after,
    })
  }
}

/** `200+` where there are more than are counted. */
function shown(count: number): string {
  return count > MAX_COUNTED ? `${MAX_COUNTED}+` : String(count)
}
