// Where the descriptions come from: they are public, and so outside of /parley/v1.
import { useEffect, useState } from "preact/hooks";
import { ApiError, api, asApiError } from "@/api/client";
import type { Description } from "@/lib/openapi";

type Source = "gateway" | "simulator";

const read: Record<Source, () => Promise<Description>> = {
  gateway: async () => {
    const response = await fetch("/parley/openapi.json").catch(() => {
      throw new ApiError(0, "unreachable", "The server does not answer.");
    });
    if (!response.ok)
      throw new ApiError(response.status, "unexpected", `The server answered ${response.status}.`);
    return response.json();
  },
  simulator: () => api.get<Description>("/sim/openapi.json"),
};

const known = new Map<Source, Description>();

interface Got {
  description?: Description;
  error?: ApiError;
  again: () => void;
}

export function useDescription(source: Source): Got {
  const [got, setGot] = useState<{ source: Source; description?: Description; error?: ApiError }>({ source });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      try {
        const description = known.get(source) ?? (await read[source]());
        known.set(source, description);
        if (!gone) setGot({ source, description });
      } catch (error) {
        if (!gone) setGot({ source, error: asApiError(error) });
      }
    };
    void load();
    return () => {
      gone = true;
    };
  }, [source, attempt]);
  const { description, error } = got.source === source ? got : {};
  return {
    ...(description && { description }),
    ...(error && { error }),
    again: () => setAttempt(attempt + 1),
  };
}
