import type { HttpContext } from '@adonisjs/core/http'
import { visibleTo } from '#app/people/client_scope'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { mailProduct } from '#app/replies/products/mail/mail_product'
import { letterAsText } from '#app/replies/products/mail/letter_as_text'
import Reply from '#app/replies/reply'
import { viewReply } from '#app/replies/view_reply'
import Mail from '#app/core/mail/mail'
import { openSealer } from '#app/core/sealing'

/** An answer that goes or went by e-mail, as it reads. */
export default class MailedController {
  async show({ auth, params, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const reply = await visibleTo(Reply.query(), user)
      .where({ 'replies.id': params.id, 'product': mailProduct.name })
      .whereNotNull('inputs')
      .preload('submissions')
      .firstOrFail()
    const sealer = await openSealer(reply.dataKeyId)
    const letter = sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs!)
    await viewReply(user, reply)
    const mail = reply.mailId ? await Mail.find(reply.mailId) : null
    return view.render('replies/mailed', { reply, mail, text: letterAsText(letter) })
  }
}
