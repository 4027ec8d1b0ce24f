import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import ServiceVersion from '#app/catalog/service_version'
import { identifyPage, setPageAside, type SetAsideReason } from '#app/intake/identify_page'
import Page from '#app/intake/page'
import type { TaskKind } from '#app/tasks/task_kind'

const identificationValidator = vine.create({
  what: vine
    .string()
    .regex(/^(form:[0-9a-f-]{36}:\d{1,2}|aside:(blank|attachment|not_ours|duplicate|unreadable))$/),
})

/** A page that the machine doesn't know: which form it is, or why it is none. */
export const identifyTask: TaskKind = {
  name: 'identify',
  label: 'tasks.kind_identify',
  permission: 'pages.identify',
  view: 'intake/identify',

  async screen(_ctx, assignment) {
    const page = await Page.findOrFail(assignment.task.subjectId)
    // A page that may show a My Number is never read as one of the forms.
    if (page.reason === 'maybe_number') return { page, versions: [] }
    const versions = await ServiceVersion.query()
      .whereIn('serviceId', db.from('services').where('client_id', page.clientId).select('id'))
      .orderBy('number', 'desc')
    return { page, versions }
  },

  async finish({ auth, request }, assignment) {
    const [problems, input] = await identificationValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'tasks.choose_one' } }
    const [answer, first, second] = input.what.split(':')
    const user = auth.getUserOrFail()
    const done =
      answer === 'form'
        ? await identifyPage(user, assignment, first, Number(second))
        : await setPageAside(user, assignment, first as SetAsideReason)
    return { then: done ? 'next' : 'late' }
  },
}
