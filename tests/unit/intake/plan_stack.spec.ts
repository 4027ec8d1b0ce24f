import { test } from '@japa/runner'
import { planStack, type StackPage } from '#app/intake/plan_stack'

/** "a1 a2 b1": copy and side of each page of the stack; "--" could not be read; copies in capitals are photocopies. */
function stack(text: string): StackPage[] {
  return text.split(' ').flatMap((page, index) => {
    if (page === '--') return []
    const [copy, side] = page
    return [
      {
        id: String(index),
        number: index + 1,
        versionId: 'v',
        copy,
        shared: copy !== copy.toLowerCase(),
        formPage: Number(side),
        formPages: 2,
      },
    ]
  })
}

function shown(text: string) {
  const plan = planStack(stack(text))
  const names = text.split(' ')
  const list = (pages: StackPage[]) => pages.map((page) => names[Number(page.id)] + `@${page.id}`)
  return {
    forms: plan.forms.map(list),
    incomplete: list(plan.incomplete),
    doubtful: list(plan.doubtful),
  }
}

test.group('Separating a stack', () => {
  test('finds the sides of printed copies anywhere in the stack', ({ assert }) => {
    assert.deepEqual(shown('a1 b2 c1 a2 b1 c2'), {
      forms: [
        ['a1@0', 'a2@3'],
        ['b2@1', 'b1@4'],
        ['c1@2', 'c2@5'],
      ],
      incomplete: [],
      doubtful: [],
    })
  })

  test('pairs photocopies by the order of the stack', ({ assert }) => {
    assert.deepEqual(shown('x1 x2 x1 x2').forms, [
      ['x1@0', 'x2@1'],
      ['x1@2', 'x2@3'],
    ])
  })

  test('asks about photocopies whose order tells nothing', ({ assert }) => {
    const plan = shown('x1 x1 x2 x2')
    assert.deepEqual(plan.forms, [])
    assert.deepEqual(plan.doubtful, ['x1@0', 'x1@1', 'x2@2', 'x2@3'])
  })

  test('does not pair photocopies across a page of another form', ({ assert }) => {
    const plan = shown('x1 a1 x2 a2 x1 x2')
    assert.deepEqual(plan.forms, [
      ['x1@4', 'x2@5'],
      ['a1@1', 'a2@3'],
    ])
    assert.deepEqual(plan.doubtful, ['x1@0', 'x2@2'])
  })

  test('does not pair photocopies across a page that could not be read', ({ assert }) => {
    assert.deepEqual(shown('X1 -- -- X2').doubtful, ['X1@0', 'X2@3'])
    assert.deepEqual(shown('X1 X2').forms, [['X1@0', 'X2@1']])
  })

  test('keeps a side that is alone for the other file', ({ assert }) => {
    assert.deepEqual(shown('a1 b1 b2'), {
      forms: [['b1@1', 'b2@2']],
      incomplete: ['a1@0'],
      doubtful: [],
    })
  })

  test('loses no page, whatever the order', ({ assert }) => {
    for (const order of ['x2 x1 x2', 'x2 x2 x1 x1 a2', 'x1 x1 x1', 'a2 x1 x2 a1 x2']) {
      const plan = planStack(stack(order))
      assert.equal(
        plan.forms.flat().length + plan.incomplete.length + plan.doubtful.length,
        order.split(' ').length
      )
    }
  })
})
