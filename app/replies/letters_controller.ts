import type { HttpContext } from '@adonisjs/core/http'
import { visibleTo } from '#app/people/client_scope'
import Reply from '#app/replies/reply'
import { viewReply } from '#app/replies/view_reply'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'

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
    await viewReply(user, reply)
    response.header('Content-Disposition', 'inline; filename="letter.pdf"')
    return response.type('application/pdf').send(pdf)
  }
}
