import type { HttpContext } from '@adonisjs/core/http'
import { visibleTo } from '#app/people/client_scope'
import Reply from '#app/replies/reply'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** A single letter as PDF that a screen reader can read. */
export default class LettersController {
  async show({ auth, params, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const reply = await visibleTo(Reply.query(), user)
      .where('replies.id', params.id)
      .whereNotNull('file')
      .preload('submissions')
      .firstOrFail()
    const pdf = await readSealedFile(await openSealer(reply.dataKeyId), reply.file!)
    await transition(async (t) => {
      for (const submission of reply.submissions)
        t.recordOnly({
          verb: 'reply.viewed',
          subject: { type: 'reply', id: reply.id },
          clientId: reply.clientId,
          submissionId: submission.id,
          actorId: user.id,
        })
    })
    response.header('Content-Disposition', 'inline; filename="letter.pdf"')
    return response.type('application/pdf').send(pdf)
  }
}
