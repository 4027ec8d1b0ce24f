import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { zipSync } from 'fflate'
import { reset } from '#tests/support/reset'
import { serverUrl, Visitor } from '#tests/support/visitor'

test.group('What nobody types', (group) => {
  group.each.setup(reset)

  test('in an address is not found or the first page, and never our failure', async ({
    assert,
  }) => {
    const numbers = ['0', '-1', '99', '99999999999', '9'.repeat(30), 'x']
    const center = await Visitor.loggedIn('admin')
    const desk = await Visitor.loggedIn('madoguchi')
    const lists = Object.values(router.toJSON())
      .flat()
      .filter((route) => route.methods.includes('GET') && !route.pattern.includes(':'))
      .filter((route) => route.pattern !== '/__transmit/events' && !route.pattern.includes('*'))
    for (const number of numbers) {
      for (const { pattern } of lists)
        for (const visitor of [center, desk]) {
          const answer = await visitor.get(
            `${pattern}?page=${number}&from=${number}&taken=${number}&service_id=${number}&after=${number}`
          )
          assert.isBelow(answer.status, 500, `${pattern}?page=${number}`)
        }
      for (const path of ['/services/vaccination/pages', '/services/vaccination/draft/pages'])
        assert.oneOf(
          (await center.get(`${path}/${number}`)).status,
          [302, 404],
          `${path}/${number}`
        )
    }
    assert.equal((await center.get('/services/vaccination/pages/1')).status, 200)
    for (const path of ['/work', '/work/open'])
      assert.equal((await center.get(`${path}?after=x`)).status, 200, path)
    const noId = 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz'
    for (const path of ['scans', 'submissions', 'orders', 'register'])
      assert.equal((await center.get(`/${path}/${noId}`)).status, 404, path)
  }).timeout(120_000)

  test('a ZIP of very many files is refused at once, by name', async ({ assert }) => {
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`f${index}`, new Uint8Array()])
    )
    const leader = await Visitor.loggedIn('leader')
    const form = new FormData()
    form.append('kit', new Blob([Buffer.from(zipSync(files))]), 'kit.zip')
    const answer = await leader.post('/services/kits', form)
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'ZIPの中のファイルが多すぎます')
  })

  test('a request that the browser gives up is nobody’s fault', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const { hostname, port } = new URL(serverUrl())
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(
      [
        'POST /scans HTTP/1.1',
        `Host: ${hostname}`,
        'Content-Type: multipart/form-data; boundary=b',
        'Content-Length: 100000',
        `Cookie: ${desk.cookies()}`,
        '',
        '--b\r\nContent-Disposition: form-data; name="files[]"; filename="a.pdf"\r\n\r\n%PDF-1.4 and then nothing',
      ].join('\r\n')
    )
    await sleep(300)
    socket.destroy()
    await sleep(300)
    assert.isEmpty(await db.from('alarms'))
    assert.isEmpty(await db.from('scans'))
  })

  test('the event stream of somebody else is not joined or ended by its id', async ({ assert }) => {
    const [desk, leader] = [await Visitor.loggedIn('madoguchi'), await Visitor.loggedIn('leader')]
    const leaving = new AbortController()
    const stream = await fetch(`${serverUrl()}/__transmit/events?uid=desk-1`, {
      headers: { cookie: desk.cookies() },
      signal: leaving.signal,
    })
    assert.equal(stream.status, 200)
    const subscription = { uid: 'desk-1', channel: 'calls' }
    assert.equal((await desk.post('/__transmit/subscribe', subscription)).status, 204)
    for (const what of ['subscribe', 'unsubscribe'])
      assert.equal((await leader.post(`/__transmit/${what}`, subscription)).status, 404)
    const taken = await fetch(`${serverUrl()}/__transmit/events?uid=desk-1`, {
      headers: { cookie: leader.cookies() },
    })
    assert.equal(taken.status, 404)
    assert.equal((await desk.post('/__transmit/unsubscribe', subscription)).status, 204)
    leaving.abort()
  })
})
