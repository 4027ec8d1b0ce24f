import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { askPerson } from '#app/batches/packs/ask_person'
import { offerPacks } from '#app/batches/packs/offer_packs'
import { forgetBoard } from '#app/center/board/current_board'
import { leave } from '#app/people/members/leave'
import { accept, acceptPack, givenBatch, offerIn, rows } from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** A team as a leader types it. */
async function typed(more: { name?: string; leader?: string; people?: string[] } = {}) {
  const { name = '名簿チーム', leader = 'leader', people = ['operator1', 'operator2'] } = more
  const form = new URLSearchParams({ name, leader_id: (await person(leader)).id })
  for (const login of people) form.append('people[]', (await person(login)).id)
  return form
}

test.group('A team', (group) => {
  group.each.setup(reset)

  async function visit() {
    const leader = await Visitor.loggedIn('leader')
    const { location } = await leader.post('/teams', await typed())
    const team = location!.split('/').at(-1)!
    const batch = await givenBatch(leader, { table: rows(40), batch: { team_id: team } })
    const batchId = batch.split('/').at(-1)!
    const offered = async (login: string) => offerPacks(await person(login), 'center')
    return { leader, team, batch, batchId, offered }
  }

  test('is offered what it is given, and nobody else is', async ({ assert }) => {
    const { leader, batch, batchId, offered } = await visit()
    const [offer] = await offered('operator1')
    assert.equal(offer.team, '名簿チーム')
    assert.lengthOf(await offered('operator3'), 0)
    const member = await Visitor.loggedIn('operator1')
    assert.include((await member.get('/work')).text, '名簿チームの仕事')
    const shown = offerIn((await member.get(`/work/offers/${batchId}`)).text)
    // Neither who asks for its address, nor who sends what another was shown, nor who is asked by name.
    const outside = await Visitor.loggedIn('operator3')
    assert.notInclude((await outside.get(`/work/offers/${batchId}`)).text, 'name="promised"')
    assert.notMatch((await outside.post('/work/packs', shown)).location ?? '', /packs/)
    const ask = async (login: string) =>
      askPerson(await person('leader'), (await person(login)).id, batchId)
    assert.equal(await ask('operator3'), 'not_for_them')
    assert.equal(await ask('operator2'), 'asked')
    assert.lengthOf(await db.from('packs'), 0)
    await acceptPack(member, batch)
    assert.lengthOf(await db.from('packs'), 1)
    assert.include((await leader.get('/teams')).text, '0 / 40')
  })

  test('leads its batches by its leader, also when that changes', async ({ assert }) => {
    const { leader, team, batch } = await visit()
    await db.from('users').where('login', 'madoguchi').update({ role: 'leader' })
    const lead = async () => (await db.from('batches').firstOrFail()).leader_id
    assert.equal(await lead(), (await person('leader')).id)
    const { location } = await leader.post(`/teams/${team}`, await typed({ leader: 'madoguchi' }))
    assert.equal(location, `/teams/${team}`)
    assert.equal(await lead(), (await person('madoguchi')).id)
    // Whoever was chosen beside the team: the team's leader leads.
    const plan = { title: '名簿', due_on: '2099-02-03', leader_id: (await person('leader')).id }
    await leader.post(`${batch}/plan`, { ...plan, team_id: team })
    assert.equal(await lead(), (await person('madoguchi')).id)
    assert.include((await leader.get(batch)).text, 'チーム 名簿チーム')
    assert.include((await leader.get('/batches')).text, '<td>名簿チーム</td>')
    await leader.post(`${batch}/plan`, { ...plan, team_id: '' })
    assert.equal(await lead(), (await person('leader')).id)
    const planned = await db.from('events').where('verb', 'batch.planned').orderBy('sequence')
    assert.deepEqual(
      planned.map(({ detail }) => detail.team),
      [undefined, null]
    )
    assert.equal((await db.from('batches').firstOrFail()).team_id, null)
  })

  test('leaves packs that were accepted as they are, and offers no more to who has left it', async ({
    assert,
  }) => {
    const { leader, team, batch, offered } = await visit()
    await accept(await Visitor.loggedIn('operator1'), batch)
    await leader.post(`/teams/${team}`, await typed({ people: ['operator2'] }))
    assert.lengthOf(await db.from('packs').whereNull('ended_at'), 1)
    assert.lengthOf(await offered('operator1'), 0)
    assert.lengthOf(await offered('operator2'), 1)
  })

  test('has nobody in it who works here no longer; the board says when that is nobody', async ({
    assert,
  }) => {
    const { leader, team } = await visit()
    const board = async () => {
      forgetBoard()
      return (await leader.get('/board')).text
    }
    await leader.post(`/teams/${team}`, await typed({ people: ['operator2'] }))
    assert.notInclude(await board(), 'チームに人がいません')
    await leave(await person('admin'), (await person('operator2')).id)
    assert.lengthOf(await db.from('team_members'), 0)
    assert.include(await board(), '「名簿チーム」に任せたバッチがありますが')
    assert.include((await leader.get('/teams')).text, '人がいません')
    const refused = await leader.post(`/teams/${team}`, await typed({ people: ['operator2'] }))
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'もういない人がいます')
    const admin = await Visitor.loggedIn('admin')
    const leaving = await admin.post(`/people/${(await person('leader')).id}/leaving`)
    assert.include(leaving.text, 'まとめているチーム')
  })

  test('is closed only once all is delivered, and is given nothing then', async ({ assert }) => {
    const { leader, team, batch } = await visit()
    const close = (closed: string) => leader.post(`/teams/${team}/closing`, { closed })
    await close('yes')
    assert.include((await leader.get(`/teams/${team}`)).text, '納品していないバッチを任せている')
    await leader.post(`${batch}/decision`, { decision: 'cancel' })
    await close('yes')
    assert.include((await leader.get(`/teams/${team}`)).text, 'このチームは閉じています')
    assert.notInclude((await leader.get('/batches/new')).text, '名簿チーム')
    const lead = await person('leader')
    const { work_kind_id: kind, client_id: client } = await db.from('batches').firstOrFail()
    const asked = {
      work_kind_id: kind,
      client_id: client,
      leader_id: lead.id,
      title: '後から',
      due_on: '2099-01-05',
      team_id: team,
    }
    const refused = await leader.post('/batches', asked)
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'その業務かチームは')
    await close('no')
    assert.match((await leader.post('/batches', asked)).location ?? '', /^\/batches\//)
  })

  test('has a name of its own and a leader who may lead', async ({ assert }) => {
    const { leader } = await visit()
    const refused = async (form: URLSearchParams, says: string) => {
      const { status, text } = await leader.post('/teams', form)
      assert.equal(status, 422)
      assert.include(text, says)
    }
    await refused(await typed(), '同じ名前のチームがあります')
    await refused(await typed({ name: '' }), 'role="alert"')
    await refused(await typed({ name: '別', leader: 'operator1' }), 'role="alert"')
    await refused(await typed({ name: '別', people: ['kenko'] }), 'もういない人がいます')
    assert.lengthOf(await db.from('teams'), 1)
  })
})
