import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import Batch from '#app/batches/batch'
import { visibleTo } from '#app/people/client_scope'

const id = router.matchers.uuid()
const number = router.matchers.number()

router
  .group(() => {
    router.get('/work-kinds', [controllers.batches.kinds.WorkKinds, 'index'])
    router.get('/work-kinds/new', [controllers.batches.kinds.WorkKinds, 'create'])
    router.post('/work-kinds', [controllers.batches.kinds.WorkKinds, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.batches.kinds.WorkKinds, 'edit'])
        router.post('/', [controllers.batches.kinds.WorkKinds, 'update'])
        router.post('/closing', [controllers.batches.kinds.WorkKinds, 'close'])
        router.post('/pictures', [controllers.batches.kinds.WorkKinds, 'addPicture'])
        router
          .delete('/pictures/:picture', [controllers.batches.kinds.WorkKinds, 'removePicture'])
          .where('picture', id)
      })
      .prefix('/work-kinds/:id')
      .where('id', id)
    router.get('/teams', [controllers.batches.teams.Teams, 'index'])
    router.get('/teams/new', [controllers.batches.teams.Teams, 'create'])
    router.post('/teams', [controllers.batches.teams.Teams, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.batches.teams.Teams, 'edit'])
        router.post('/', [controllers.batches.teams.Teams, 'update'])
        router.post('/closing', [controllers.batches.teams.Teams, 'close'])
      })
      .prefix('/teams/:id')
      .where('id', id)
    router.get('/batches/new', [controllers.batches.Batches, 'create'])
    router.post('/batches', [controllers.batches.Batches, 'store'])
    router
      .group(() => {
        router.post('/decision', [controllers.batches.Batches, 'decide'])
        router.post('/plan', [controllers.batches.Plans, 'update'])
        router.post('/check', [controllers.batches.Batches, 'check'])
        router.post('/files', [controllers.batches.HandIns, 'files'])
        router.post('/table', [controllers.batches.HandIns, 'table'])
        router.post('/begin', [controllers.batches.HandIns, 'begin'])
        router
          .group(() => {
            router.get('/', [controllers.batches.pieces.Pieces, 'show'])
            router.post('/again', [controllers.batches.pieces.Pieces, 'redo'])
            router.post('/removal', [controllers.batches.HandIns, 'remove'])
            router
              .get('/pictures/:number', [controllers.batches.pieces.Materials, 'picture'])
              .where('number', number)
            router.get('/sound', [controllers.batches.pieces.Materials, 'sound'])
            router
              .get('/files/:file', [controllers.batches.pieces.AnswerFiles, 'show'])
              .where('file', id)
          })
          .prefix('/pieces/:piece')
          .where('piece', number)
      })
      .prefix('/batches/:id')
      .where('id', id)
  })
  .use(middleware.may('work.arrange'))

router
  .group(() => {
    router.get('/batches', [controllers.batches.Batches, 'index'])
    router.get('/batches/:id', [controllers.batches.Batches, 'show']).where('id', id)
    router.get('/batches/:id/file', [controllers.batches.Batches, 'file']).where('id', id)
    router.get('/batches/:id/files', [controllers.batches.Batches, 'files']).where('id', id)
  })
  .use(middleware.may('orders.see'))
router
  .post('/batches/:id/acceptance', [controllers.batches.Batches, 'accept'])
  .where('id', id)
  .use(middleware.may('orders.commission'))

router
  .group(() => {
    router.post('/board/questions', [controllers.batches.packs.Questions, 'store'])
    router.post('/board/questions/withdrawal', [controllers.batches.packs.Questions, 'withdraw'])
  })
  .use(middleware.may('work.arrange'))

router
  .group(() => {
    router
      .post('/work/offers/:id/decline', [controllers.batches.packs.Questions, 'decline'])
      .where('id', id)
    router.get('/work/offers/:id', [controllers.batches.packs.Packs, 'offer']).where('id', id)
    router.get('/work/packs', [controllers.batches.packs.Packs, 'index'])
    router.post('/work/packs', [controllers.batches.packs.Packs, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.batches.packs.Packs, 'show'])
        router.get('/paper', [controllers.batches.packs.Packs, 'paper'])
        router.post('/next', [controllers.batches.packs.Packs, 'next'])
        router.post('/end', [controllers.batches.packs.Packs, 'end'])
      })
      .prefix('/work/packs/:id')
      .where('id', id)
    router
      .group(() => {
        router
          .get('/pictures/:number', [controllers.batches.pieces.Materials, 'assignedPicture'])
          .where('number', number)
        router.get('/sound', [controllers.batches.pieces.Materials, 'assignedSound'])
        router.post('/files', [controllers.batches.pieces.AnswerFiles, 'store'])
        router
          .post('/files/:file/removal', [controllers.batches.pieces.AnswerFiles, 'destroy'])
          .where('file', id)
      })
      .prefix('/work/assignments/:id')
      .where('id', id)
    router
      .get('/work-kinds/:id/pictures/:picture', [
        controllers.batches.pieces.Materials,
        'instruction',
      ])
      .where('id', id)
      .where('picture', id)
  })
  .use(middleware.may('tasks.take'))

transmit.authorize<{ id: string }>('batches/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(Batch.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
