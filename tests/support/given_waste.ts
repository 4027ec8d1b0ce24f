import { drainFlow } from '#app/flow/sweeper'
import Service from '#app/catalog/service'
import type Submission from '#app/submissions/submission'
import { givenPaper, keyOpen } from '#tests/support/given'
import { Visitor } from '#tests/support/visitor'

const ANSWERS = {
  name_kana: 'ヤマダ ハルエ',
  name: '山田 はるゑ',
  postcode: '3999903',
  address: '青嶺市大字上久保1234番地5',
  phone: '0263001234',
  article: 'たんす',
  pieces: '01',
  wished_on: '20261215',
  carry: 'help',
}

/** A request for bulky waste to be fetched, keyed; the kit comes with the product. */
export async function givenWaste(): Promise<Submission> {
  if (!(await Service.findBy('slug', 'bulky-waste'))) {
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/services/kits', { shipped: 'bulky-waste', client: 'welfare' })
    await admin.post('/services/bulky-waste/draft/publication')
  }
  const submission = await givenPaper({ slug: 'bulky-waste' })
  await drainFlow()
  await keyOpen(ANSWERS, ANSWERS, 'bulky-waste')
  await drainFlow()
  return submission.refresh()
}
