import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.replies.postings.Postings, 'index'])
    router.post('/', [controllers.replies.postings.Postings, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.replies.postings.Postings, 'show'])
        router.get('/print', [controllers.replies.postings.Postings, 'print'])
        router.post('/cancellation', [controllers.replies.postings.Postings, 'cancel'])
        router.post('/handing-over', [controllers.replies.postings.Postings, 'handOver'])
        router.post('/acceptance', [controllers.replies.postings.Postings, 'accept'])
      })
      .prefix('/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/postings')
  .use(middleware.may('letters.print'))
