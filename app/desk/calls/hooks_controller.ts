import type { HttpContext } from '@adonisjs/core/http'
import { hookValidator } from '#app/desk/calls/call_validator'
import { isSigned } from '#app/desk/calls/hook_signature'
import { keepTest } from '#app/desk/telephone/telephone'
import { receiveCall } from '#app/desk/calls/receive_call'
import env from '#start/env'

/** The hook by which the telephone system tells of calls. Every message is signed; a bad signature keeps nothing. */
export default class HooksController {
  async calls({ request, response, i18n }: HttpContext) {
    const secret = env.get('CALL_HOOK_SECRET')?.release()
    if (!secret)
      return response.serviceUnavailable({
        error: 'not_set_up',
        message: i18n.t('calls.hook_not_set_up'),
      })
    if (!isSigned(request.raw() ?? '', request.header('x-signature'), secret))
      return response.unauthorized({
        error: 'bad_signature',
        message: i18n.t('calls.hook_bad_signature'),
      })
    const [problems, input] = await hookValidator.tryValidate(request.all())
    if (problems)
      return response.unprocessableEntity({
        error: 'not_understood',
        message: i18n.t('calls.hook_not_understood'),
      })
    if (input.event === 'test') {
      await keepTest()
      return response.ok({ state: 'test' })
    }
    const digits = (input.from ?? '').normalize('NFKC').replace(/^\+81/, '0').replace(/\D/g, '')
    const call = await receiveCall({
      externalId: input.id,
      event: input.event,
      number: digits || null,
    })
    return response.ok({ id: call.id, state: call.state })
  }
}
