/** The page's token: requests without it are refused. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? ''
}
