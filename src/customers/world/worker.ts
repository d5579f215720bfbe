import { serve } from "../../markdown/serve.ts";
import { work } from "./packing.ts";

serve(work);
