import { test } from '@japa/runner'
import {
  curveOf,
  learnThresholds,
  thresholdFor,
  type Evidence,
} from '#app/reading/learn_thresholds'

function evidence(
  kind: Evidence['kind'],
  count: number,
  confidence: number,
  wrong = 0
): Evidence[] {
  return Array.from({ length: count }, (_, index) => ({ kind, confidence, right: index >= wrong }))
}

test.group('Thresholds', () => {
  test('lie where the share of wrong readings stays under the target', ({ assert }) => {
    const seen = [...evidence('digits', 400, 0.9), ...evidence('digits', 100, 0.6, 20)]
    assert.equal(thresholdFor(seen, 0.005), 0.9)
    assert.equal(thresholdFor(seen, 0.05), 0.6)
  })

  test('are not given on little evidence: no error among few proves little', ({ assert }) => {
    assert.isUndefined(thresholdFor(evidence('digits', 50, 0.99), 0.005))
    assert.deepEqual(learnThresholds(evidence('kana', 50, 0.99), 0.005), {})
  })

  test('move with the evidence', ({ assert }) => {
    const before = learnThresholds(evidence('digits', 500, 0.8), 0.005)
    const after = learnThresholds(
      [...evidence('digits', 500, 0.8, 40), ...evidence('digits', 500, 0.95)],
      0.005
    )
    assert.equal(before.digits, 0.8)
    assert.equal(after.digits, 0.95)
  })

  test('are lent to kinds that are read alike', ({ assert }) => {
    const learnt = learnThresholds(evidence('digits', 500, 0.8), 0.005)
    assert.equal(learnt.money, 0.8)
    assert.isUndefined(learnt.kana)
  })

  test('are not lent to a kind whose own evidence speaks against it', ({ assert }) => {
    const good = evidence('ticks', 5000, 0.99)
    assert.isUndefined(
      learnThresholds([...good, ...evidence('choice', 100, 0.99, 2)], 0.005).choice
    )
    assert.isUndefined(
      learnThresholds([...good, ...evidence('choice', 500, 0.99, 10)], 0.005).choice
    )
    assert.equal(learnThresholds([...good, ...evidence('choice', 100, 0.99)], 0.005).choice, 0.99)
  })

  test('have a curve that counts every reading once', ({ assert }) => {
    assert.deepEqual(curveOf([...evidence('text', 3, 0.9, 1), ...evidence('text', 2, 0.5, 2)]), [
      { threshold: 0.9, offered: 3, wrong: 1 },
      { threshold: 0.5, offered: 5, wrong: 3 },
    ])
  })
})
