import { type Allowed, allow, atLeast } from "../access/grant.ts";
import { CATALOGUE_SCOPE } from "../access/scope-names.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Product } from "../db/schema.ts";

export type EditableProduct = Allowed<Product, "edit">;

const CATALOGUE = { scope_id: CATALOGUE_SCOPE };

/** @throws Forbidden when the viewer may not add products */
export const productsToEdit = (viewer: Viewer): Allowed<{ scope_id: string }, "edit"> =>
  allow(viewer, CATALOGUE, "edit");
export const canCreateProducts = (viewer: Viewer): boolean => atLeast(viewer, CATALOGUE, "edit");

/** @throws Forbidden */
export const productToEdit = (viewer: Viewer, product: Product): EditableProduct => allow(viewer, product, "edit");
export const canEditProduct = (viewer: Viewer, product: Product): boolean => atLeast(viewer, product, "edit");
