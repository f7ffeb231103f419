// Loads the viewer, once. It is a file that its makers have built: as a script of its own it needs not be
// built again with the page, which takes longer than all the rest.
import source from "swagger-ui-dist/swagger-ui-bundle.js?url";

// What is used of it.
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

export type MakeViewer = (options: Record<string, unknown>) => Viewer;

declare global {
  var SwaggerUIBundle: MakeViewer | undefined;
}

let loading: Promise<MakeViewer> | undefined;

export function loadViewer(): Promise<MakeViewer> {
  loading ??= new Promise<MakeViewer>((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      loading = undefined;
      script.remove();
      reject(new Error("The viewer could not be loaded."));
    };
    script.src = source;
    script.onload = () => (globalThis.SwaggerUIBundle ? resolve(globalThis.SwaggerUIBundle) : fail());
    script.onerror = fail;
    document.head.append(script);
  });
  return loading;
}
