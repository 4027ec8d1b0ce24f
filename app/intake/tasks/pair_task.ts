import vine from '@vinejs/vine'
import { setPageAside, type SetAsideReason } from '#app/intake/identify_page'
import Page from '#app/intake/page'
import { pairPages, possibleOtherSides } from '#app/intake/pair_pages'
import type { TaskKind } from '#app/tasks/task_kind'

const pairingValidator = vine.create({
  other_side: vine
    .string()
    .regex(/^(alone|[0-9a-f-]{36}|aside:(blank|attachment|not_ours|duplicate|unreadable))$/),
})

/** A side without its other side: which page belongs to it. */
export const pairTask: TaskKind = {
  name: 'pair',
  label: 'tasks.kind_pair',
  permission: 'pages.identify',
  view: 'intake/pair',

  async screen(_ctx, assignment) {
    const page = await Page.findOrFail(assignment.task.subjectId)
    return { page, otherSides: await possibleOtherSides(page) }
  },

  async finish({ auth, request }, assignment) {
    const [problems, input] = await pairingValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'tasks.choose_one' } }
    const user = auth.getUserOrFail()
    const [answer, reason] = input.other_side.split(':')
    const done =
      answer === 'aside'
        ? await setPageAside(user, assignment, reason as SetAsideReason)
        : await pairPages(user, assignment, input.other_side === 'alone' ? null : input.other_side)
    return { then: done ? 'next' : 'late' }
  },
}
