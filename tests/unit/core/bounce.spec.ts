import { test } from '@japa/runner'
import { bounceIn } from '#app/core/mail/bounce'
import { report } from '#tests/support/mailbox'

const ID = '0192f0aa-1111-7222-8333-444444444444'
const of = (source: string) => bounceIn(Buffer.from(source.replaceAll('\n', '\r\n')))

test.group('A mail that comes in', () => {
  test('reports that another can’t be delivered, and which', async ({ assert }) => {
    assert.deepEqual(await of(report(`<${ID}@aone.example.jp>`)), {
      mailIds: [ID],
      isFinal: true,
      code: '5.1.1',
    })
    const late = await of(report(`<${ID.toUpperCase()}@aone.example.jp>`, 'Delayed'))
    assert.deepEqual([late!.mailIds, late!.isFinal], [[ID], false])
    assert.deepEqual((await of(report('<other@elsewhere.example.jp>')))!.mailIds, [])
  })

  test('may say so without any form, as older servers do', async ({ assert }) => {
    const found = await of(`From: MAILER-DAEMON@old.example.jp
Subject: failure notice

Hi. This is the program at old.example.jp.
<haru@example.jp>: no such user

--- Below this line is a copy of the message.

Message-ID: <${ID}@aone.example.jp>
`)
    assert.deepEqual(found, { mailIds: [ID], isFinal: true, code: 'other' })
    const packed = Buffer.from(`Message-ID: <${ID}@aone.example.jp>\n`).toString('base64')
    const enclosed = await of(`From: postmaster@old.example.jp
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain

failed

--x
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64

${packed}

--x--
`)
    assert.deepEqual(enclosed!.mailIds, [ID])
  })

  test('is no report where a person, an absence note or a receipt answers', async ({ assert }) => {
    const reply = `From: haru@example.jp\nIn-Reply-To: <${ID}@aone.example.jp>\n`
    assert.isNull(await of(`${reply}\nAction: failed\nありがとう\n`))
    assert.isNull(await of(`${reply}Auto-Submitted: auto-replied\n\n不在です\n`))
    assert.isNull(
      await of(
        `${reply}Content-Type: multipart/report; report-type=disposition-notification; boundary="x"\n\n--x\n\nread\n--x--\n`
      )
    )
    assert.isNull(await of(''))
    assert.isNull(await of('\0\0\0'))
  })
})
