import type { HttpContext } from '@adonisjs/core/http'
import { openTasks, workingNow } from '#app/tasks/open_work'
import { afterRow } from '#app/core/paging'
import { taskKinds } from '#app/tasks/task_kind'

/** Everything that waits in the queue, and who works on what: the lists behind the numbers of the day. */
export default class OpenWorkController {
  async index({ auth, request, view }: HttpContext) {
    const onlyLate = request.qs().late === '1'
    const after = afterRow(request.qs())
    const { tasks, hasMore } = await openTasks(auth.getUserOrFail(), {
      onlyLate,
      after,
    })
    return view.render('tasks/open', {
      tasks,
      onlyLate,
      working: await workingNow(),
      labels: Object.fromEntries(taskKinds.all().map(({ name, label }) => [name, label])),
      next: hasMore ? tasks.at(-1)!.id : null,
      isFirst: !after,
    })
  }
}
