// What is used of the viewer.
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export interface ViewerRequest {
    url: string;
    method: string;
    headers: Record<string, string>;
    userFetch?: (url: string, request: RequestInit) => Promise<Response>;
  }
  export interface Viewer {
    specActions: { updateSpec: (text: string) => void };
    preauthorizeApiKey: (scheme: string, key: string) => void;
  }
  export default function SwaggerUI(options: Record<string, unknown>): Viewer;
}
