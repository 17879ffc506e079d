//! What each part of a page is, for a reader aloud: the tree of a tagged PDF.

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::{Finish as _, Pdf, Ref};

/// Name of an element in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element(usize);

struct Node {
    role: StructRole,
    parent: Option<Element>,
    children: Vec<Element>,
    /// Page and number of what is drawn of it.
    marks: Vec<(usize, i32)>,
}

/// The elements of a document, in reading order.
#[derive(Default)]
pub(super) struct Tags {
    nodes: Vec<Node>,
    /// Of each page: whose each numbered mark is.
    pages: Vec<Vec<Element>>,
}

impl Tags {
    /// One more element, at the end of another or of the whole.
    pub(super) fn add(&mut self, role: StructRole, parent: Option<Element>) -> Element {
        let element = Element(self.nodes.len());
        if let Some(Element(parent)) = parent {
            self.nodes[parent].children.push(element);
        }
        self.nodes.push(Node {
            role,
            parent,
            children: Vec::new(),
            marks: Vec::new(),
        });
        element
    }

    /// The number of the next mark on a page, which is this element's.
    pub(super) fn mark(&mut self, element: Element, page: usize) -> i32 {
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, Vec::new);
        }
        let number = i32::try_from(self.pages[page].len()).expect("a page has few marks");
        self.pages[page].push(element);
        self.nodes[element.0].marks.push((page, number));
        number
    }

    /// Writes the tree; `tree` is its root's id, `pages` those of the pages.
    pub(super) fn write(
        &self,
        pdf: &mut Pdf,
        tree: Ref,
        pages: &[Ref],
        next: &mut impl FnMut() -> Ref,
    ) {
        let whole = next();
        let ids: Vec<Ref> = self.nodes.iter().map(|_| next()).collect();
        let parents: Vec<Ref> = pages.iter().map(|_| next()).collect();
        let id_of = |element: &Element| ids[element.0];

        let mut root = pdf
            .indirect(tree)
            .start::<pdf_writer::writers::StructTreeRoot<'_>>();
        root.child(whole);
        let mut parent_tree = root.parent_tree();
        let mut numbers = parent_tree.nums();
        for (page, id) in (0..).zip(&parents) {
            numbers.insert(page, *id);
        }
        numbers.finish();
        parent_tree.finish();
        root.parent_tree_next_key(i32::try_from(pages.len()).expect("few pages"));
        root.finish();

        for (page, id) in parents.iter().enumerate() {
            let mut marked = pdf.indirect(*id).array();
            for element in self.pages.get(page).into_iter().flatten() {
                marked.item(id_of(element));
            }
        }
        let mut document = pdf.struct_element(whole);
        document.kind(StructRole::Document).parent(tree);
        let mut children = document.children();
        for (node, id) in self.nodes.iter().zip(&ids) {
            if node.parent.is_none() {
                children.struct_element(*id);
            }
        }
        children.finish();
        document.finish();

        for (node, id) in self.nodes.iter().zip(&ids) {
            let mut element = pdf.struct_element(*id);
            element.kind(node.role);
            element.parent(node.parent.as_ref().map_or(whole, id_of));
            if node.role == StructRole::TH {
                let mut attributes = element.attributes();
                attributes.push().table().scope(TableHeaderScope::Row);
                attributes.finish();
            }
            let mut children = element.children();
            for (page, number) in &node.marks {
                children
                    .marked_content_ref()
                    .page(pages[*page])
                    .marked_content_id(*number);
            }
            for child in &node.children {
                children.struct_element(id_of(child));
            }
            children.finish();
        }
    }
}
