import drive from '@adonisjs/drive/services/main'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Service from '#app/catalog/service'
import { drainFlow } from '#app/flow/sweeper'
import { emptyLedger } from '#app/registry/ledger/empty_ledger'
import { receiveLedger } from '#app/registry/ledger/receive_ledger'
import { takeLedger } from '#app/registry/ledger/take_ledger'
import { failingAfter } from '#tests/support/failing_after'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const ROWS = 1_100

/** A ledger of so many donations, with two that can't be taken among them. */
function ledger(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = index === 3 || index === 700 ? '2026/13/45' : '2025/01/05'
    return `${String(5_000_000_000 + index)},青嶺 花,青嶺市本町1丁目1番1号,${day},10000`
  })
  return Buffer.from(['寄附管理番号,氏名,住所,寄附日,寄附額', ...lines].join('\r\n'))
}

async function received(rows = ROWS) {
  const kifu = await person('kifu')
  const service = await Service.findByOrFail('slug', 'onestop')
  const made = await receiveLedger(kifu, service, { name: '台帳.csv', content: ledger(rows) })
  return { kifu, service, made }
}

test.group('A file of a ledger', (group) => {
  group.each.setup(reset)

  test('is taken a part at a time, and goes on where a worker died', async ({ assert }) => {
    const { made } = await received()
    const mend = await failingAfter('ledger_imports', 500)
    try {
      await assert.rejects(() => takeLedger(made.id), /the part after row 500 fails/)
    } finally {
      await mend()
    }
    assert.lengthOf(await db.from('ledger_rows'), 499)
    assert.equal((await made.refresh()).attempts, 0)
    await drainFlow()
    assert.lengthOf(await db.from('ledger_rows'), ROWS - 2)
    await made.refresh()
    assert.deepInclude(made.$attributes, {
      state: 'taken',
      rowsTotal: ROWS,
      rowsDone: ROWS,
      added: ROWS - 2,
      changed: 0,
      same: 0,
      faulty: 2,
      file: null,
    })
    assert.deepEqual(
      made.detail.faults?.map((fault) => fault.row),
      [5, 702]
    )
    const kifu = await Visitor.loggedIn('kifu')
    assert.include((await kifu.get('/ledger')).text, '台帳.csv')
    const shown = (await kifu.get(`/ledger/${made.id}`)).text
    assert.include(shown, `${ROWS} / ${ROWS} 行`)
    assert.include(shown, '702行目')
  })

  test('that came five times to its end in the middle is given up', async ({ assert }) => {
    const { made } = await received(3)
    await made.merge({ attempts: 5 }).save()
    await drainFlow()
    await made.refresh()
    assert.deepInclude(made.$attributes, { state: 'refused', reason: 'given_up' })
    const kifu = await Visitor.loggedIn('kifu')
    assert.include((await kifu.get(`/ledger/${made.id}`)).text, '途中で止まりました')
  })

  test('doesn’t fill again what was emptied meanwhile', async ({ assert }) => {
    const { kifu, service, made } = await received()
    await emptyLedger(kifu, service)
    await drainFlow()
    assert.lengthOf(await db.from('ledger_rows'), 0)
    assert.equal((await made.refresh()).state, 'dropped')
    const key = await db.from('data_keys').where('id', made.dataKeyId).firstOrFail()
    assert.isNull(key.wrapped)
    assert.isFalse(await drive.use().exists(made.file!))
  })
})
