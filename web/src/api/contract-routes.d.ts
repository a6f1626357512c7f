/** Made by web/vite.config.ts from the contract, because zod alone would weigh half of what the first load may. */
declare module 'virtual:contract-routes' {
  type AnyOperation = import('#contract/index.ts').AnyOperation;
  type RequestShape = import('#contract/request.ts').RequestShape;
  export const ROUTES: { readonly [N in AnyOperation['name']]: RequestShape };
}
