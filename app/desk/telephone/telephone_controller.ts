import type { HttpContext } from '@adonisjs/core/http'
import { lastHeard } from '#app/desk/telephone/telephone'
import { sendTest } from '#app/desk/telephone/send_test'
import { notice } from '#app/core/notice'
import { originOf } from '#app/core/origin'
import env from '#start/env'

/** The telephone system: where it tells of calls, whether it was heard, and a test. */
export default class TelephoneController {
  async show({ request, view }: HttpContext) {
    return view.render('desk/telephone', {
      address: `${originOf(request)}/hooks/calls`,
      isSet: env.get('CALL_HOOK_SECRET') !== undefined,
      heard: await lastHeard(),
    })
  }

  async test({ request, response, session }: HttpContext) {
    const sent = await sendTest(request.request.socket)
    notice(session, sent === 'sent' ? 'good' : 'bad', `telephone.${sent}`)
    return response.redirect('/telephone')
  }
}
