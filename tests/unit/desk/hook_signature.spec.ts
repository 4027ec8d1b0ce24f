import { test } from '@japa/runner'
import { isSigned, signedHeader } from '#app/desk/calls/hook_signature'

const BODY = '{"id":"a","event":"ringing"}'
const NOW = 1_800_000_000

test.group('Signatures of the telephone system', () => {
  test('fit body, time and secret, and nothing else', ({ assert }) => {
    const header = signedHeader(BODY, 'secret', NOW)
    assert.isTrue(isSigned(BODY, header, 'secret', NOW + 10))
    assert.isFalse(isSigned(`${BODY} `, header, 'secret', NOW + 10))
    assert.isFalse(isSigned(BODY, header, 'other', NOW + 10))
    assert.isFalse(isSigned(BODY, header, 'secret', NOW + 301))
    assert.isFalse(isSigned(BODY, header.replace('t=1800000000', 't=1800000001'), 'secret', NOW))
    for (const broken of [undefined, '', 'v1=zz', `t=${NOW},v1=00`])
      assert.isFalse(isSigned(BODY, broken, 'secret', NOW))
  })
})
